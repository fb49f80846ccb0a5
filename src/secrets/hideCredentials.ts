import { type FieldPath, isObject, type ManifestValue } from '../model/manifest.ts';
import type { Redacted, Redactor } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import { type Credential, credentialsIn, unindented } from './credentials.ts';

/** A credential in a text of a rendered resource. */
export interface RenderedCredential {
  readonly fieldPath: FieldPath;
  readonly detector: string;
  readonly value: Redacted;
}

/** A resource that may be shown, and what was hidden in it. */
export interface Hidden {
  readonly resource: Resource;
  readonly found: readonly RenderedCredential[];
}

/**
 * Hides the credentials in the texts of a resource: in a ConfigMap, in variables, arguments
 * and annotations. A Secret's values are hidden already.
 * @param texts digests of whole texts that are hidden as well.
 */
export async function hideCredentials(
  resource: Resource,
  { redactor, texts }: { readonly redactor: Redactor; readonly texts: ReadonlySet<string> },
): Promise<Hidden> {
  const all: Text[] = [];
  collect(resource.manifest, [], all);
  const found = await inTexts(all);
  const hidden = new Map<string, Redacted>();
  for (const { path, value } of all) {
    const parts = found.get(path) ?? [];
    const whole = texts.size > 0 && value.length >= SHORTEST && texts.has(redactor.redact(value).identity());
    if (whole) hidden.set(keyOf(path), redactor.hide(value, [{ start: 0, end: value.length }]));
    else if (parts.length > 0) hidden.set(keyOf(path), redactor.hide(value, parts));
  }
  if (hidden.size === 0) return { resource, found: [] };
  return {
    // A mapping stays one.
    resource: { ...resource, manifest: replaced(resource.manifest, [], hidden) as Resource['manifest'] },
    found: all.flatMap(({ path, value }) =>
      (found.get(path) ?? []).map(({ start, end, detector }) => ({
        fieldPath: path,
        detector,
        value: redactor.redact(unindented(value.slice(start, end))),
      })),
    ),
  };
}

/** Shorter texts stand in too many places. */
const SHORTEST = 6;

interface Text {
  readonly path: FieldPath;
  readonly value: string;
}

function collect(value: ManifestValue, path: FieldPath, into: Text[]): void {
  if (typeof value === 'string') into.push({ path, value });
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...path, index], into);
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) collect(item, [...path, name], into);
  }
}

const BETWEEN = '\n\n';

/** All at once, as a detector takes its time for each text. */
async function inTexts(all: readonly Text[]): Promise<Map<FieldPath, Credential[]>> {
  const found = new Map<FieldPath, Credential[]>();
  const credentials = await credentialsIn(all.map(({ value }) => value).join(BETWEEN));
  let from = 0;
  for (const { path, value } of all) {
    const end = from + value.length;
    const own = credentials.filter((one) => one.start >= from && one.end <= end);
    if (own.length > 0) {
      found.set(
        path,
        own.map((one) => ({ ...one, start: one.start - from, end: one.end - from })),
      );
    }
    from = end + BETWEEN.length;
  }
  return found;
}

function replaced(
  value: ManifestValue,
  path: FieldPath,
  hidden: ReadonlyMap<string, Redacted>,
): ManifestValue {
  if (typeof value === 'string') return hidden.get(keyOf(path)) ?? value;
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, [...path, index], hidden));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaced(item, [...path, name], hidden)]),
  );
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path);
}
