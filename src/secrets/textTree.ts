import type { Node } from 'yaml';
import { entries, field, items, textOf } from '../dialects/sourceFile.ts';
import { isObject, type ManifestValue } from '../model/manifest.ts';

/** How a document is gone through, whether it is a file's or a rendered one. */
export interface TextTree<N> {
  readonly entries: (node: N) => { readonly key: string; readonly value: N }[];
  readonly items: (node: N) => readonly N[];
  readonly text: (node: N | undefined) => string | undefined;
  readonly field: (node: N | undefined, name: string) => N | undefined;
}

/** A document of a file. */
export const NODES: TextTree<Node> = {
  entries: (node) => entries(node).flatMap(({ key, value }) => (value === undefined ? [] : [{ key, value }])),
  items,
  text: textOf,
  field,
};

/** A rendered resource. What is hidden in it already has no text. */
export const VALUES: TextTree<ManifestValue> = {
  entries: (value) =>
    isObject(value) ? Object.entries(value).map(([key, item]) => ({ key, value: item })) : [],
  items: (value) => (Array.isArray(value) ? value : []),
  text: (value) =>
    typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined,
  field: (value, name) =>
    value !== undefined && isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined,
};
