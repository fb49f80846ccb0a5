import { isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';
import { Redacted } from '../../model/redacted.ts';
import { classOf } from '../../model/secretValue.ts';

/**
 * A manifest that SOPS encrypted as the cluster will see it: the operator decrypts the values
 * and drops the `sops` field before anything is applied. Any other manifest stays as it is.
 * https://fluxcd.io/flux/guides/mozilla-sops/
 */
export function decrypted(manifest: ManifestObject): ManifestObject {
  const { sops, ...rest } = manifest;
  if (!isObject(sops) || !isEncrypted(sops['mac'])) return manifest;
  return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, hideEncrypted(value)]));
}

/** True for an encrypted value, whose content and type are unknown. */
function hideEncrypted(value: ManifestValue): ManifestValue {
  if (typeof value === 'string') return isEncrypted(value) ? new Redacted([value], 'encrypted') : value;
  if (Array.isArray(value)) return value.map(hideEncrypted);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hideEncrypted(inner)]));
}

function isEncrypted(value: ManifestValue | undefined): boolean {
  if (value instanceof Redacted) return value.class === 'encrypted';
  return typeof value === 'string' && classOf(value) === 'encrypted';
}
