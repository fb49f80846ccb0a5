import { parseConstraint } from '../dialects/semver/constraint.ts';
import { compareVersions, parseVersion } from '../dialects/semver/version.ts';

/**
 * The entry whose version is as wanted, or else the newest that fits; undefined where none
 * does, or what is wanted is no range. As Helm chooses: `IndexFile.Get` in
 * https://github.com/helm/helm/blob/v4.3.1/pkg/repo/v1/index.go
 */
export function chooseVersion<T extends { readonly version: string }>(
  entries: readonly T[],
  wanted: string,
): T | undefined {
  const range = wanted.trim() === '' ? '*' : wanted;
  const fits = parseConstraint(range);
  const exact = entries.find(({ version }) => version === wanted);
  if (exact !== undefined || fits === undefined) return fits && exact;
  return entries
    .flatMap((entry) => {
      const version = parseVersion(entry.version);
      return version !== undefined && fits(version) ? [{ entry, version }] : [];
    })
    .toSorted((one, other) => compareVersions(other.version, one.version))[0]?.entry;
}
