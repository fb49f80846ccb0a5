import { type Document, isScalar, type Node, visit } from 'yaml';
import { resolved } from '../dialects/parseDocuments.ts';
import { items, linesOf, type SourceFile, textField } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { Failed } from './failed.ts';
import { patchesOf, patchSource } from './patches.ts';

/** The first line that is no YAML, or no patch, in what the problem names. */
export async function placeOfSyntax(failed: Failed): Promise<Location | null> {
  const { files, problem } = failed;
  const named = files.filter(({ path }) => path === problem.path);
  for (const file of named.length > 0 ? named : files) {
    const line = file.brokenLine ?? (await brokenElsewhere(file, failed));
    if (line !== null) return { path: file.path, startLine: line, endLine: line };
  }
  const place =
    (problem.subject === null ? null : operationOrKey(files, problem.subject)) ?? (await brokenPatch(failed));
  const [file] = named;
  if (place !== null || file === undefined) return place;
  const line = problem.line ?? 1;
  return { path: file.path, startLine: line, endLine: line };
}

/** What this parser takes, and the engine's does not. */
async function brokenElsewhere(file: SourceFile, { snapshot, problem }: Failed): Promise<number | null> {
  for (const document of file.documents) {
    const alias = unknownAlias(document);
    if (alias !== null) return linesOf(file, alias).startLine;
  }
  if (file.path !== problem.path || snapshot.entries.get(file.path)?.kind !== 'file') return null;
  const text = new TextDecoder().decode(await snapshot.read(file.path));
  const line = text.split('\n').findIndex((one) => NO_TEXT.test(one));
  return line < 0 ? null : line + 1;
}

/** Control characters, and what a decoder puts where bytes are no text. */
const NO_TEXT = /(?![\t\r\n])[\p{Cc}\ufffd]/u;

function unknownAlias(document: Document): Node | null {
  const found: Node[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (resolved(alias) === undefined) found.push(alias);
    },
  });
  return found[0] ?? null;
}

/** An operation of that name in a JSON patch, or a key that its mapping has twice. */
function operationOrKey(files: readonly SourceFile[], subject: string): Location | null {
  for (const file of files) {
    for (const document of file.documents) {
      const node = repeatedKey(document, subject) ?? operation(document, subject);
      if (node !== null) return linesOf(file, node);
    }
  }
  return null;
}

function operation(document: Document, op: string): Node | null {
  return items(document.contents).find((one) => textField(one, 'op') === op) ?? null;
}

function repeatedKey(document: Document, name: string): Node | null {
  const found: Node[] = [];
  visit(document, {
    Map: (_, map) => {
      const keys = map.items.map(({ key }) => key).filter((key) => isScalar(key) && key.value === name);
      // What is parsed is a node.
      if (keys.length > 1) found.push(keys[1] as Node);
    },
  });
  return found[0] ?? null;
}

/** A patch of a kustomization that is no YAML, has the operation, or is no patch. */
async function brokenPatch({ kustomizations, problem, snapshot }: Failed): Promise<Location | null> {
  const inline: Location[] = [];
  for (const file of kustomizations) {
    for (const document of file.documents) {
      for (const patch of patchesOf(document)) {
        const source = await patchSource({ file, document }, patch, snapshot);
        const start = at(file, linesOf(file, patch).startLine);
        if (source?.path === file.path && file.path === problem.path) inline.push(start);
        const place = source === null ? null : placeInPatch(source, { start, subject: problem.subject });
        if (place !== null) return place;
      }
    }
  }
  return inline.length === 1 ? (inline[0] ?? null) : null;
}

function placeInPatch(
  source: SourceFile,
  { start, subject }: { start: Location; subject: string | null },
): Location | null {
  if (source.brokenLine !== null) return at(source, source.brokenLine);
  if (subject !== null) return operationOrKey([source], subject);
  const fault = faultIn(source);
  if (fault === 'all') return start;
  return fault === null ? null : linesOf(source, fault);
}

/** The operation without path; all where it is neither a list of operations nor a resource. */
function faultIn({ documents }: SourceFile): Node | 'all' | null {
  for (const document of documents) {
    const operations = items(document.contents);
    const unfinished = operations.find((one) => textField(one, 'path') === undefined);
    if (unfinished !== undefined) return unfinished;
    const isResource = textField(document.contents, 'kind') !== undefined;
    if (operations.length === 0 && !isResource) return 'all';
  }
  return null;
}

function at({ path }: SourceFile, line: number): Location {
  return { path, startLine: line, endLine: line };
}
