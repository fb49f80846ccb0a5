import semver from 'semver';

/** A version as Helm, Argo CD and Flux read it, by their common library. */
export interface Version {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Parts after `-`; empty for a release. */
  readonly prerelease: readonly string[];
}

/**
 * `1.2.3`, but also `v1.2` and `01.2.3`; undefined for anything else. The npm library
 * takes other texts for versions, and would choose others than the operators do.
 * @see https://github.com/Masterminds/semver/blob/v3.5.0/version.go
 */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor = '0', patch = '0', prerelease] = (text.length <= 256 && PATTERN.exec(text)) || [];
  if (major === undefined) return undefined;
  const numbers = [major, minor, patch].map(BigInt);
  const parts = prerelease?.split('.') ?? [];
  if (numbers.some((number) => number > MAX_NUMBER) || parts.some((part) => /^0\d+$/.test(part)))
    return undefined;
  const [first = 0n, second = 0n, third = 0n] = numbers;
  return { major: first, minor: second, patch: third, prerelease: parts };
}

/** Negative where one is older; build metadata does not count. */
export function compareVersions(one: Version, other: Version): number {
  for (const part of ['major', 'minor', 'patch'] as const) {
    if (one[part] !== other[part]) return one[part] < other[part] ? -1 : 1;
  }
  return comparePrereleases(one.prerelease, other.prerelease);
}

/** As {@link compareVersions}, of what follows the `-`; an empty list is a release, and newest. */
export function comparePrereleases(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [left, right] = [one[index], other[index]];
    if (left === undefined) return -1;
    if (right === undefined) return 1;
    const order = semver.compareIdentifiers(left, right);
    if (order !== 0) return order;
  }
  return 0;
}

const PATTERN =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

const MAX_NUMBER = 2n ** 64n - 1n;
