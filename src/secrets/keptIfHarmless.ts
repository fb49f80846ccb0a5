import type { Redactor } from '../model/redacted.ts';
import type { Resource } from '../model/resource.ts';
import { findInTexts } from './hideCredentials.ts';

/** The resource itself where no credential stands in it, else null: it is not to be kept. */
export async function keptIfHarmless(resource: Resource, redactor: Redactor): Promise<Resource | null> {
  const { found } = await findInTexts(resource, redactor);
  return found.length === 0 ? resource : null;
}
