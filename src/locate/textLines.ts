import path from 'node:path';
import { decodeText } from '../dialects/decodeText.ts';
import type { Location } from '../model/finding.ts';
import { followLinks } from '../model/followLinks.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** The text of some lines of a file. */
export async function textOfLines(
  snapshot: Snapshot,
  { path, startLine, endLine }: Location,
): Promise<string> {
  return (await linesIn(snapshot, path)).slice(startLine - 1, endLine).join('\n');
}

/**
 * One line of a text that a field has: below the field's key, where the text stands there as
 * a block; in the file that a generator's entry names; else the field as a whole.
 * @param location the field's.
 * @param inner the field's text, and the line of it, from 0.
 */
export async function lineOfText(
  snapshot: Snapshot,
  location: Location,
  inner: { readonly text: string; readonly line: number },
): Promise<Location> {
  const own = await linesIn(snapshot, location.path);
  const text = inner.text.split('\n');
  if (inner.line >= text.length) return location;
  const wanted = text.slice(0, inner.line + 1);
  if (startsWith(own.slice(location.startLine), wanted))
    return lineAt(location.path, location.startLine + 1 + inner.line);
  const [entry = ''] = own.slice(location.startLine - 1);
  const named = /^\s*-\s+["']?(?:[^=\s]*=)?([^=\s"']+)/.exec(entry)?.[1];
  const file = named === undefined ? null : path.posix.join(path.posix.dirname(location.path), named);
  if (file !== null && startsWith(await linesIn(snapshot, file), wanted)) return lineAt(file, inner.line + 1);
  return location;
}

/** True where the lines begin with the text, indented in whatever way. */
function startsWith(lines: readonly string[], text: readonly string[]): boolean {
  return text.every((line, index) => lines[index]?.trim() === line.trim());
}

function lineAt(file: string, line: number): Location {
  return { path: file, startLine: line, endLine: line };
}

async function linesIn(snapshot: Snapshot, name: string): Promise<string[]> {
  const file = await followLinks(snapshot, name);
  return file === null ? [] : decodeText(await snapshot.read(file)).split('\n');
}
