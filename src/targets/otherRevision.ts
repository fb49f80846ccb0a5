import { filledText } from '../model/fields.ts';
import type { FieldPath, ManifestObject } from '../model/manifest.ts';

/** What Flux takes where a GitRepository names no reference. */
const DEFAULT_BRANCH = 'master';

/**
 * What a reference of Flux takes instead of the newest commit of a branch; null where it is
 * that, or where the branch is not known.
 * @param at the path of a mapping with `branch`, `commit`, `name`, `semver` and `tag`.
 */
export function otherRevision(manifest: ManifestObject, at: FieldPath, branch: string | null): string | null {
  const ref = (field: 'branch' | 'commit' | 'name' | 'semver' | 'tag') =>
    filledText(manifest, [...at, field]);
  // From the strongest to the weakest.
  const commit = ref('commit');
  if (commit !== undefined) return `commit ${commit}`;
  const name = ref('name');
  if (name !== undefined && !name.startsWith('refs/heads/')) return `reference ${name}`;
  const named = name?.slice('refs/heads/'.length);
  const semver = ref('semver');
  if (named === undefined && semver !== undefined) return `the newest tag in ${semver}`;
  const tag = ref('tag');
  if (named === undefined && tag !== undefined) return `tag ${tag}`;
  const own = named ?? ref('branch') ?? DEFAULT_BRANCH;
  return branch === null || own === branch ? null : `branch ${own}, not ${branch}`;
}
