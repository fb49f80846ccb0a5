import { type Document, isMap, isPair, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Location } from '../model/finding.ts';
import { AS_WRITTEN, type Excess, parseDocuments, resolved } from './parseDocuments.ts';

/** A file's YAML documents, with what is needed to tell lines. */
export interface SourceFile {
  readonly path: string;
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
  /** Lines above the text's first, where it stands inside another file. */
  readonly offset: number;
  /** The line of the first error, or null. */
  readonly brokenLine: number | null;
  /** The limit that keeps the text from being read, or null. */
  readonly excess: Excess | null;
}

/** One document of a file, such as the kustomization of a kustomization file. */
export interface SourceDocument {
  readonly file: SourceFile;
  readonly document: Document;
}

/** Reads YAML and JSON. It does not throw: of an error only the line is kept, since its text may quote a Secret. */
export function readDocuments(path: string, text: string, offset = 0): SourceFile {
  const { documents, lines, excess } = parseDocuments(text, AS_WRITTEN);
  const [error] = documents.flatMap(({ errors }) => errors);
  const broken = error === undefined ? excess?.line : lines.linePos(inText(error.pos[0], text)).line;
  return {
    path,
    documents,
    lines,
    offset,
    brokenLine: broken === undefined ? null : broken + offset,
    excess,
  };
}

/** An error at the end of the text is put on the last line that is not empty. */
function inText(position: number, text: string): number {
  return Math.min(position, Math.max(text.trimEnd().length - 1, 0));
}

/** A mapping's field, through aliases and merge keys; undefined where there is none. */
export function field(node: unknown, name: string): Node | undefined {
  return entries(node).find(({ key }) => key === name)?.value;
}

/** The text of a scalar field. */
export function textField(node: unknown, name: string): string | undefined {
  return textOf(field(node, name));
}

/** The text of a scalar. */
export function textOf(node: unknown): string | undefined {
  const found = resolved(node);
  return isScalar(found) && typeof found.value === 'string' ? found.value : undefined;
}

/** The items of a list. */
export function items(node: unknown): Node[] {
  const found = resolved(node);
  // The parser makes nodes of all items.
  return isSeq(found) ? (found.items as Node[]) : [];
}

/** The entries of a mapping with the node that is their key; merge keys are followed. */
export function entries(node: unknown): { key: string; at: Node; value: Node | undefined }[] {
  const found = resolved(node);
  if (!isMap(found)) return [];
  return found.items.flatMap((pair) => {
    if (!isPair(pair) || !isScalar(pair.key)) return [];
    const key = String(pair.key.value);
    if (key === '<<') return merged(pair.value);
    // A parsed pair's value is a node, or null where nothing stands.
    return [{ key, at: pair.key as Node, value: (pair.value as Node | null) ?? undefined }];
  });
}

function merged(node: unknown): ReturnType<typeof entries> {
  const list = items(node);
  return list.length > 0 ? list.flatMap((one) => entries(one)) : entries(node);
}

/** The lines from one node to the end of another. */
export function linesOf({ path, lines, offset }: SourceFile, from: Node, to: Node = from): Location {
  const start = lines.linePos(from.range?.[0] ?? 0).line + offset;
  const end = lines.linePos(Math.max((to.range?.[1] ?? 1) - 1, 0)).line + offset;
  return { path, startLine: start, endLine: Math.max(start, end) };
}
