import path from 'node:path';
import type { Node } from 'yaml';
import {
  field,
  items,
  linesOf,
  type SourceDocument,
  type SourceFile,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { type FieldPath, textAt, valueAt } from '../model/manifest.ts';
import { sourceFile } from './kustomizationFiles.ts';
import { selects } from './selector.ts';
import type { Wanted } from './wanted.ts';

/**
 * The field path in a kustomization's replacements that puts a value into the field.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/
 */
export async function placeInReplacements(
  kustomization: SourceDocument,
  wanted: Wanted,
): Promise<Location | null> {
  const { file, document } = kustomization;
  for (const entry of items(field(document.contents, 'replacements')).toReversed()) {
    const name = textField(entry, 'path');
    const other =
      name === undefined
        ? null
        : await sourceFile(wanted.snapshot, path.posix.join(path.posix.dirname(file.path), name));
    const place = other === null ? placeInEntry(kustomization, entry, wanted) : placeInFile(other, wanted);
    if (place !== null) return place;
  }
  return null;
}

/** A file with one replacement, or a list of them. */
function placeInFile(file: SourceFile, wanted: Wanted): Location | null {
  for (const document of file.documents) {
    const list = items(document.contents);
    const entries = list.length > 0 ? list : [document.contents as Node];
    for (const entry of entries.toReversed()) {
      const place = placeInEntry({ file, document }, entry, wanted);
      if (place !== null) return place;
    }
  }
  return null;
}

function placeInEntry({ file }: SourceDocument, entry: Node, wanted: Wanted): Location | null {
  for (const target of items(field(entry, 'targets'))) {
    const select = field(target, 'select');
    const rejected = items(field(target, 'reject'));
    if (select === undefined || !selects(select, wanted)) continue;
    if (rejected.some((selector) => selects(selector, wanted))) continue;
    const paths = items(field(target, 'fieldPaths'));
    const found = paths.find((one) => leadsTo(stepsOf(textOf(one) ?? ''), wanted));
    if (found !== undefined) return linesOf(file, found);
  }
  return null;
}

/** `spec.containers.[name=app].image` in steps; dots in brackets, or after a backslash, are none. */
function stepsOf(text: string): string[] {
  const steps = text.match(/(?:\[[^\]]*\]|\\.|[^.\\])+/g) ?? [];
  return steps.map((step) => step.replaceAll('\\', ''));
}

function leadsTo(steps: readonly string[], { resource, fieldPath }: Wanted): boolean {
  if (steps.length === 0 || steps.length > fieldPath.length) return false;
  return steps.every((step, index) => {
    const at: FieldPath = fieldPath.slice(0, index + 1);
    const [, key, value] = /^\[([^=]+)=(.*)\]$/.exec(step) ?? [];
    if (key !== undefined) return textAt(valueAt(resource.manifest, at), [key]) === value;
    return step === '*' || step === String(fieldPath[index]) || step === `[${fieldPath[index]}]`;
  });
}
