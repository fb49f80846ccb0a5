import type { Document, Node } from 'yaml';
import { entries, items, textField } from '../dialects/sourceFile.ts';
import { type FieldPath, type ManifestValue, textAt, valueAt } from '../model/manifest.ts';

/** How far a field's path leads in a source document. */
export interface Walked {
  /** The key of the last field that exists (the item itself in a list). */
  readonly at: Node;
  readonly value: Node;
  /** How many steps of the path exist. */
  readonly depth: number;
}

/**
 * Follows a rendered resource's field into a source document. Items of lists are told by
 * their name where they have one, because patches reorder lists; else by their index.
 * @returns null where not even the first step exists.
 */
export function walk(
  document: Document,
  root: unknown,
  manifest: ManifestValue,
  path: FieldPath,
): Walked | null {
  let node: unknown = root;
  let last: Walked | null = null;
  for (const [index, step] of path.entries()) {
    const next =
      typeof step === 'number'
        ? item(document, node, manifest, path.slice(0, index + 1))
        : child(document, node, step);
    if (next === null) return last;
    last = { ...next, depth: index + 1 };
    node = next.value;
  }
  return last;
}

function child(document: Document, node: unknown, name: string): Pick<Walked, 'at' | 'value'> | null {
  const found = entries(document, node).findLast(({ key }) => key === name);
  return found === undefined ? null : { at: found.at, value: found.value ?? found.at };
}

function item(
  document: Document,
  node: unknown,
  manifest: ManifestValue,
  path: FieldPath,
): Pick<Walked, 'at' | 'value'> | null {
  const all = items(document, node);
  const name = textAt(valueAt(manifest, path), ['name']);
  const index = path.at(-1);
  const found =
    name === undefined ? all[Number(index)] : all.find((one) => textField(document, one, 'name') === name);
  return found === undefined ? null : { at: found, value: found };
}
