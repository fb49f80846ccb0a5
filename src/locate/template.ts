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
 * Where a chart's template begins a resource: the line of its kind, of the name's own where
 * the file has several of them; the file's first line where the kind itself is computed.
 */
export async function placeInTemplate(
  snapshot: Snapshot,
  path: string,
  { kind, name }: Pick<Resource, 'kind' | 'name'>,
): Promise<Location | null> {
  if (snapshot.entries.get(path)?.kind !== 'file') return null;
  const lines = new TextDecoder().decode(await snapshot.read(path)).split('\n');
  const ofKind = lines.flatMap((line, index) => (kindOf(line) === kind ? [index] : []));
  const own = ofKind.find((start) => namesWithin(lines.slice(start + 1, start + 8), name));
  const line = (own ?? ofKind[0] ?? 0) + 1;
  return { path, startLine: line, endLine: line };
}

function kindOf(line: string): string | undefined {
  return /^kind:\s*["']?([A-Za-z0-9]+)["']?\s*(?:#.*)?$/.exec(line)?.[1];
}

function namesWithin(lines: readonly string[], name: string): boolean {
  return lines.some((line) => /^\s+name:\s*["']?(.*?)["']?\s*$/.exec(line)?.[1] === name);
}
