import { type FieldPath, isObject, type ManifestValue } from '../model/manifest.ts';
import { Redacted, type Redactor } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import { credentialValue } from './credentials.ts';
import { type Hider, merged } from './hiding/hider.ts';
import { type SensitivePart, type SensitiveText, sensitiveTexts } from './sensitiveTexts.ts';

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

/** A resource with the credentials in its texts: in a ConfigMap, in variables, arguments and annotations. */
export interface SearchedResource extends Hidden {
  readonly texts: readonly SensitiveText[];
}

/** Finds the credentials in the texts of a resource. A Secret's values are hidden already. */
export async function findInTexts(resource: Resource, redactor: Redactor): Promise<SearchedResource> {
  const texts = await sensitiveTexts(resource.manifest, redactor);
  return {
    resource,
    texts,
    found: texts.flatMap(({ path, value, parts }) =>
      parts.map(({ start, end, ...part }) => ({
        ...part,
        fieldPath: path,
        value: credentialValue({ ...part, start, end }, String(value), redactor),
      })),
    ),
  };
}

/**
 * Hides them, and all else that is known to be a secret. The finished review is searched for the same
 * (hiding/hiddenReview.ts): this is a second line, before resources are compared.
 */
export function hideInTexts(
  { resource, texts, found }: SearchedResource,
  { redactor, hider }: { readonly redactor: Redactor; readonly hider: Hider },
): Hidden {
  const hidden = new Map<string, Redacted>();
  for (const { path, name, value, parts } of texts) {
    const all = merged([...parts, ...hider.partsAt(name, String(value))]);
    if (all.length > 0) hidden.set(keyOf(path), redactor.hide(value, all));
  }
  if (hidden.size === 0) return { resource, found };
  // A mapping stays one.
  return {
    resource: { ...resource, manifest: replaced(resource.manifest, [], hidden) as Resource['manifest'] },
    found,
  };
}

function replaced(
  value: ManifestValue,
  path: FieldPath,
  hidden: ReadonlyMap<string, Redacted>,
): ManifestValue {
  if (typeof value === 'string' || typeof value === 'number' || value instanceof Redacted)
    return hidden.get(keyOf(path)) ?? value;
  if (Array.isArray(value)) return value.map((item, index) => replaced(item, [...path, index], hidden));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, replaced(item, [...path, name], hidden)]),
  );
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path);
}
