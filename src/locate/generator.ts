import type { Document } from 'yaml';
import { field, items, linesOf, type SourceFile, textField, textOf } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Declared } from './declaration.ts';
import { GENERATORS } from './declaredName.ts';

/** The entry of a kustomization's generator for a resource; a literal's own line for its key. */
export function placeInGenerator(
  file: SourceFile,
  { kind, name }: Declared,
  fieldPath: FieldPath | null,
): Location | null {
  for (const document of file.documents) {
    const generators = items(document, field(document, document.contents, GENERATORS[kind] ?? ''));
    const found = generators.find((generator) => textField(document, generator, 'name') === name);
    if (found === undefined) continue;
    const literal = fieldPath === null ? undefined : literalOf(document, found, fieldPath);
    return linesOf(file, literal ?? field(document, found, 'name') ?? found);
  }
  return null;
}

function literalOf(document: Document, generator: unknown, fieldPath: FieldPath) {
  const key = fieldPath[1];
  if (typeof key !== 'string') return undefined;
  const sources = ['literals', 'files'].flatMap((list) => items(document, field(document, generator, list)));
  return sources.find((source) => textOf(document, source)?.startsWith(`${key}=`) === true);
}
