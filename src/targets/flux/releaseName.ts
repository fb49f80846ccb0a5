import { createHash } from 'node:crypto';
import { filledText } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';

/** As long as Helm lets a release's name be. */
const MAX_LENGTH = 53;
const HASH_LENGTH = 12;

/**
 * The name of a HelmRelease's release: its own `releaseName`, or `<target namespace>-<name>`.
 * https://fluxcd.io/flux/components/helm/helmreleases/#release-name
 */
export function releaseName(spec: ManifestObject, name: string): string {
  const target = filledText(spec, Kind.ReleaseSpec('targetNamespace'));
  return shorten(
    filledText(spec, Kind.ReleaseSpec('releaseName')) ?? (target === undefined ? name : `${target}-${name}`),
  );
}

/**
 * A name that Helm takes: a longer one keeps its first 40 bytes and gets a dash and the
 * first 12 hex digits of its SHA-256.
 * https://github.com/fluxcd/helm-controller/blob/main/internal/release/name.go
 */
function shorten(name: string): string {
  const bytes = Buffer.from(name);
  if (bytes.length <= MAX_LENGTH) return name;
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_LENGTH);
  return `${bytes.subarray(0, MAX_LENGTH - HASH_LENGTH - 1).toString()}-${hash}`;
}
