import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Origin } from '../model/rendering.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** True for a file that is a chart's template and no manifest. */
export function isTemplate(path: string): boolean {
  return /(?:^|\/)templates\//.test(path);
}

/** The line of a chart's templates that gives a field, or the nearest one around it that is known. */
export function lineInTemplates(
  { lines = [], transformations }: Origin,
  fieldPath: FieldPath,
): Location | null {
  // Where a patch may have moved items, their position says nothing.
  const patched = transformations.some(({ transformer }) => transformer.startsWith('Patch'));
  const item = patched ? fieldPath.findIndex((step) => typeof step === 'number') : -1;
  for (let depth = item < 0 ? fieldPath.length : item; depth > 0; depth--) {
    const pointer = pointerTo(fieldPath.slice(0, depth));
    const found = lines.find(({ field }) => field === pointer);
    if (found !== undefined) return { path: found.path, startLine: found.line, endLine: found.line };
  }
  return null;
}

/** True where a template's line gives the field itself, or no line of the resource is known. */
export function isLineKnown({ lines = [] }: Origin, fieldPath: FieldPath): boolean {
  return lines.length === 0 || lines.some(({ field }) => field === pointerTo(fieldPath));
}

/** True where a template's line gives the field, and the line says it in so many words. */
export function isLiteral(origin: Origin, fieldPath: FieldPath, line: string): boolean {
  const pointer = pointerTo(fieldPath);
  return !line.includes('{{') && (origin.lines ?? []).some(({ field }) => field === pointer);
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function pointerTo(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * Where a chart's template begins a resource: the line of its kind; of several of the kind the one
 * of its name, else the only one whose name is computed. The file's first line where the kind
 * itself is computed; null where nobody can tell which of several it is.
 */
export async function placeInTemplate(
  snapshot: Snapshot,
  path: string,
  { kind, name }: Pick<Resource, 'kind' | 'name'>,
): Promise<Location | null> {
  if (snapshot.entries.get(path)?.kind !== 'file') return null;
  const lines = new TextDecoder().decode(await snapshot.read(path)).split('\n');
  const ofKind = lines.flatMap((line, index) => (kindOf(line) === kind ? [index] : []));
  const names = ofKind.map((start) => nameIn(documentAround(lines, start)));
  const own = names.indexOf(name);
  const computed = names.flatMap((one, at) => (one === undefined || one.includes('{{') ? [at] : []));
  const chosen = own >= 0 ? own : computed.length === 1 ? computed[0] : undefined;
  if (ofKind.length > 1 && chosen === undefined) return null;
  const line = (ofKind[chosen ?? 0] ?? 0) + 1;
  return { path, startLine: line, endLine: line };
}

function kindOf(line: string): string | undefined {
  return /^kind:\s*["']?([A-Za-z0-9]+)["']?\s*(?:#.*)?$/.exec(line)?.[1];
}

/** The lines of the document that a line is in. */
function documentAround(lines: readonly string[], at: number): readonly string[] {
  const isEnd = (line: string) => /^---(?:\s|$)/.test(line);
  const start = lines.slice(0, at).findLastIndex(isEnd) + 1;
  const length = lines.slice(at).findIndex(isEnd);
  return lines.slice(start, length < 0 ? lines.length : at + length);
}

/** The name of a document's metadata as it is written, in a block or in braces. */
function nameIn(lines: readonly string[]): string | undefined {
  const start = lines.findIndex((line) => line.startsWith('metadata:'));
  const braces = /^metadata:\s*\{.*?\bname:\s*["']?([^"',}]*(?:\{\{.*?\}\}[^"',}]*)*)/.exec(
    lines[start] ?? '',
  );
  if (braces !== null) return braces[1]?.trim();
  const end = lines.findIndex((line, at) => at > start && /^\S/.test(line));
  const block = start < 0 ? [] : lines.slice(start + 1, end < 0 ? lines.length : end);
  return block
    .map((line) => /^ {1,4}name:\s*["']?(.*?)["']?\s*$/.exec(line)?.[1])
    .find((one) => one !== undefined);
}
