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
  const found = findGenerator(file, { kind, name });
  if (found === null) return null;
  const { generator } = found;
  const literal = fieldPath === null ? undefined : literalOf(generator, fieldPath);
  return linesOf(file, literal ?? field(generator, 'name') ?? generator);
}

/** True where the entry of the generator gives its resource a namespace. */
export function generatesNamespace(file: SourceFile, declared: Declared): boolean {
  const found = findGenerator(file, declared);
  return found !== null && field(found.generator, 'namespace') !== undefined;
}

function findGenerator(file: SourceFile, { kind, name }: Declared) {
  for (const document of file.documents) {
    const generators = items(field(document.contents, GENERATORS[kind] ?? ''));
    const generator = generators.find((one) => textField(one, 'name') === name);
    if (generator !== undefined) return { document, generator };
  }
  return null;
}

function literalOf(generator: unknown, fieldPath: FieldPath) {
  const key = fieldPath[1];
  if (typeof key !== 'string') return undefined;
  const sources = ['literals', 'files'].flatMap((list) => items(field(generator, list)));
  return sources.find((source) => textOf(source)?.startsWith(`${key}=`) === true);
}
