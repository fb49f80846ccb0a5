/**
 * The minor version that is nearest to another, which may have a patch and a `v`: `1.29` to
 * `v1.27.3`. Undefined where the text is no version, or no version is given.
 */
export function nearestMinor(version: string, minors: readonly string[]): string | undefined {
  const wanted = numberOf(version);
  if (wanted === undefined) return undefined;
  return minors
    .flatMap((minor) => {
      const number = numberOf(minor);
      return number === undefined ? [] : [{ minor, far: Math.abs(number - wanted) }];
    })
    .toSorted((one, other) => one.far - other.far)[0]?.minor;
}

/** Kubernetes counts its minor versions below one major version. */
function numberOf(version: string): number | undefined {
  const [, major, minor] = /^v?(\d{1,3})\.(\d{1,4})(?:[.+-]|$)/.exec(version) ?? [];
  return major === undefined ? undefined : Number(major) * 10_000 + Number(minor);
}
