import type { ManifestValue } from '../model/manifest.ts';
import { Redacted, type Redactor } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import { findInTexts } from './hideCredentials.ts';

/** The resource itself where no value of a Secret and no credential stands in it, else null: it is not to be kept. */
export async function keptIfHarmless(resource: Resource, redactor: Redactor): Promise<Resource | null> {
  if (hasRedacted(resource.manifest)) return null;
  const { found } = await findInTexts(resource, redactor);
  return found.length === 0 ? resource : null;
}

function hasRedacted(value: ManifestValue): boolean {
  if (value instanceof Redacted) return true;
  if (typeof value !== 'object' || value === null) return false;
  return (Array.isArray(value) ? value : Object.values(value)).some(hasRedacted);
}
