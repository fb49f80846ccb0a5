import type { Violation } from '../../model/finding.ts';
import { isObject } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';

/**
 * Tells a rendered Secret that holds values. They are replaced before anyone sees them, so
 * what is judged is that there are some, and not what: where the sources of the target
 * were judged, they know better.
 */
export function findSecretsInResource(resource: Resource): Violation[] {
  const { group, kind, manifest, name } = resource;
  if (group !== '' || kind !== 'Secret' || 'sops' in manifest) return [];
  const field = (['data', 'stringData'] as const).find((one) => {
    const values = manifest[one];
    return isObject(values) && Object.values(values).some((value) => value !== null && value !== '');
  });
  if (field === undefined) return [];
  const message = `Secret ${name} is rendered from committed values; rotate it, and use SealedSecret, ExternalSecret or SOPS`;
  return [{ rule: 'secret/plain-secret', severity: 'error', message, fieldPath: [field] }];
}
