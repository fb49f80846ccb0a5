import { entriesAt, filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import { type RemoteRepository, shownAddress } from '../../model/remoteInputs.ts';
import { readKustomizations } from '../kustomize/readKustomizations.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { FluxContext } from './fluxContext.ts';
import { fullName } from './knownObjects.ts';
import { sparseMounts } from './sparseMounts.ts';
import type { SourceTree } from './tree.ts';

/**
 * The files of a GitRepository of another repository than the one under review, where the
 * settings allow that to be fetched.
 * https://fluxcd.io/flux/components/source/gitrepositories/#reference
 */
export async function otherTree(
  { remote }: FluxContext,
  repository: FoundObject,
): Promise<SourceTree | Refusal> {
  const { manifest } = repository.resource;
  const title = `GitRepository ${fullName(repository.resource)}`;
  const url = textAt(manifest, Kind.GitRepository('spec', 'url')) ?? '';
  if (entriesAt(manifest, Kind.GitRepository('spec', 'include')).length > 0) {
    return refuse(
      `${title} is another repository that includes others (\`spec.include\`), which is not followed`,
    );
  }
  const found = await remote.repository({ repository: url, ...referenceOf(repository) });
  if ('refused' in found) {
    const own = 'if it is an address of this one, list it in `repository.urls` instead';
    return refuse(`${title} is another repository: ${found.refused}; ${own}`);
  }
  const { gitDir, commit } = found;
  return {
    mounts: sparseMounts(manifest),
    ignore: filledText(manifest, Kind.GitRepository('spec', 'ignore')) ?? null,
    certain: true,
    other: {
      snapshot: await found.snapshot(),
      repository: { repository: shownAddress(url), gitDir, commit },
    },
  };
}

/** The context in which a tree's own paths are looked for. */
export function inTree(context: FluxContext, { other }: SourceTree): FluxContext {
  if (other === undefined) return context;
  const { snapshot } = other;
  return { ...context, snapshot, kustomizations: () => readKustomizations(snapshot) };
}

/** From the strongest to the weakest. */
function referenceOf({ resource: { manifest } }: FoundObject): Omit<RemoteRepository, 'repository'> {
  const ref = (field: 'branch' | 'commit' | 'name' | 'semver' | 'tag') =>
    filledText(manifest, Kind.GitRepository('spec', 'ref', field));
  const strongest = ref('commit') ?? ref('name');
  if (strongest !== undefined) return { ref: strongest };
  const semver = ref('semver');
  if (semver !== undefined) return { ref: semver, orRange: true };
  const tag = ref('tag');
  return { ref: tag === undefined ? `refs/heads/${ref('branch') ?? 'master'}` : `refs/tags/${tag}` };
}
