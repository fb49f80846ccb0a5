import type { Document, Node } from 'yaml';
import { entries, items, textField } from '../dialects/sourceFile.ts';
import { type FieldPath, type ManifestValue, textAt, valueAt } from '../model/manifest.ts';

/** A value in a source document. */
interface SourceValue {
  readonly document: Document;
  readonly node: unknown;
}

/** A field of a value. */
interface Found {
  /** Its key (in a list the item itself). */
  readonly at: Node;
  readonly value: Node;
}

/** How far a field's path leads in a source document: the last field of it that exists. */
export interface Walked extends Found {
  /** How many steps of the path exist. */
  readonly depth: number;
}

/**
 * Follows a rendered resource's field into a source document. Items of lists are told by
 * their name where they have one, because patches reorder lists; else by their index. Of several
 * with one name it is the one in the same place among them.
 * @param from where the path begins in the document.
 * @param manifest what was rendered there.
 * @returns null where not even the first step exists.
 */
export function walk(from: SourceValue, manifest: ManifestValue, path: FieldPath): Walked | null {
  const { document } = from;
  let { node } = from;
  let rendered: ManifestValue | undefined = manifest;
  let last: Walked | null = null;
  for (const [index, step] of path.entries()) {
    const source = { document, node };
    const next = typeof step === 'number' ? item(source, step, rendered) : child(source, step);
    rendered = valueAt(rendered, [step]);
    if (next === null) return last;
    last = { ...next, depth: index + 1 };
    node = next.value;
  }
  return last;
}

function child({ node }: SourceValue, name: string): Found | null {
  const found = entries(node).findLast(({ key }) => key === name);
  return found === undefined ? null : { at: found.at, value: found.value ?? found.at };
}

/** The item of a list that was rendered as the one at the index; null where nobody can tell. */
function item({ document, node }: SourceValue, index: number, list: ManifestValue | undefined): Found | null {
  const all = items(node);
  const name = textAt(list, [index, 'name']);
  const found = name === undefined ? all[index] : named({ document, all, name }, index, list);
  return found === undefined ? null : { at: found, value: found };
}

function named(
  { all, name }: { readonly document: Document; readonly all: readonly Node[]; readonly name: string },
  index: number,
  list: ManifestValue | undefined,
): Node | undefined {
  const alike = all.filter((one) => textField(one, 'name') === name);
  if (alike.length < 2) return alike[0];
  const rendered = Array.isArray(list) ? list.map((one) => textAt(one, ['name']) === name) : [];
  const isComplete = rendered.filter(Boolean).length === alike.length;
  return isComplete ? alike[rendered.slice(0, index).filter(Boolean).length] : undefined;
}
