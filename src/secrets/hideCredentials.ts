import { type FieldPath, isObject, type ManifestValue } from '../model/manifest.ts';
import { REDACTED_TEXT, Redacted, type Redactor } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import { type Credential, credentialsIn, unindented } from './credentials.ts';
import { type Hider, merged } from './hiding/hider.ts';

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

/** A resource with the credentials in its texts: in a ConfigMap, in variables, arguments and annotations. */
export interface SearchedResource extends Hidden {
  readonly texts: readonly Text[];
  readonly parts: ReadonlyMap<FieldPath, readonly Credential[]>;
}

/** Finds the credentials in the texts of a resource. A Secret's values are hidden already. */
export async function findInTexts(resource: Resource, redactor: Redactor): Promise<SearchedResource> {
  const texts: Text[] = [];
  collect(resource.manifest, [], texts);
  const parts = await inTexts(texts);
  return {
    resource,
    texts,
    parts,
    found: texts.flatMap(({ path, value }) =>
      (parts.get(path) ?? []).map(({ start, end, detector }) => ({
        fieldPath: path,
        detector,
        value: redactor.redact(unindented(String(value).slice(start, end))),
      })),
    ),
  };
}

/** Hides them, and all else that is known to be a secret. */
export function hideInTexts(
  { resource, texts, parts, found }: SearchedResource,
  { redactor, hider }: { readonly redactor: Redactor; readonly hider: Hider },
): Hidden {
  const hidden = new Map<string, Redacted>();
  for (const { path, value } of texts) {
    const all = merged([...(parts.get(path) ?? []), ...hider.partsIn(String(value))]);
    if (all.length > 0) hidden.set(keyOf(path), redactor.hide(value, all));
  }
  if (hidden.size === 0) return { resource, found };
  // A mapping stays one.
  return {
    resource: { ...resource, manifest: replaced(resource.manifest, [], hidden) as Resource['manifest'] },
    found,
  };
}

interface Text {
  readonly path: FieldPath;
  /** With some of it hidden already, or not. */
  readonly value: string | Redacted;
}

function collect(value: ManifestValue, path: FieldPath, into: Text[]): void {
  if (typeof value === 'string') into.push({ path, value });
  else if (value instanceof Redacted) {
    if (String(value) !== REDACTED_TEXT) into.push({ path, value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...path, index], into);
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) collect(item, [...path, name], into);
  }
}

const BETWEEN = '\n\n';

/** All at once, as a detector takes its time for each text. */
async function inTexts(all: readonly Text[]): Promise<Map<FieldPath, Credential[]>> {
  const found = new Map<FieldPath, Credential[]>();
  const credentials = await credentialsIn(all.map(({ value }) => String(value)).join(BETWEEN));
  let from = 0;
  for (const { path, value } of all) {
    const end = from + String(value).length;
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
  if (typeof value === 'string' || value instanceof Redacted) return hidden.get(keyOf(path)) ?? value;
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, [...path, index], hidden));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaced(item, [...path, name], hidden)]),
  );
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path);
}
