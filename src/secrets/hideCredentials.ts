import { type FieldPath, isObject, type ManifestValue } from '../model/manifest.ts';
import type { Redacted, Redactor } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import { bare } from './credentials.ts';
import { type SensitivePart, sensitiveTexts } from './sensitiveTexts.ts';

/** A credential in a text of a rendered resource. */
export interface RenderedCredential extends Omit<SensitivePart, 'start' | 'end'> {
  readonly fieldPath: FieldPath;
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
  const all = await sensitiveTexts(resource.manifest, redactor);
  const hidden = new Map<string, Redacted>();
  for (const { path, value: read, parts } of all) {
    const value = String(read);
    const whole = texts.size > 0 && value.length >= SHORTEST && texts.has(redactor.redact(value).identity());
    if (whole) hidden.set(keyOf(path), redactor.hide(value, [{ start: 0, end: value.length }]));
    else if (parts.length > 0) hidden.set(keyOf(path), redactor.hide(value, parts));
  }
  if (hidden.size === 0) return { resource, found: [] };
  return {
    // A mapping stays one.
    resource: { ...resource, manifest: replaced(resource.manifest, [], hidden) as Resource['manifest'] },
    found: all.flatMap(({ path, value, parts }) =>
      parts.map(({ start, end, ...part }) => ({
        ...part,
        fieldPath: path,
        value: redactor.redact(bare(String(value).slice(start, end))),
      })),
    ),
  };
}

/** Shorter texts stand in too many places. */
const SHORTEST = 6;

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
