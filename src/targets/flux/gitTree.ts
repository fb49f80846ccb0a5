import { entriesAt, filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { Mount } from '../../model/renderSource.ts';
import { otherRevision } from '../otherRevision.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { normalizeGitUrl, sameRepository } from '../sameRepository.ts';
import type { FluxContext } from './fluxContext.ts';
import { fullName, GROUPS, namespaceOf } from './knownObjects.ts';
import { sparseMounts } from './sparseMounts.ts';
import { pathInTree, type SourceTree } from './tree.ts';

/**
 * The files that a GitRepository gives, where it is of the repository under review and
 * follows the branch that the change is for. Null stands for the one that `flux bootstrap`
 * makes.
 * https://fluxcd.io/flux/components/source/gitrepositories/
 */
export function gitTree(context: FluxContext, repository: FoundObject | null): SourceTree | Refusal {
  if (repository === null) return { mounts: null, ignore: null, certain: true };
  const { manifest } = repository.resource;
  const url = textAt(manifest, Kind.GitRepository('spec', 'url')) ?? '';
  const same = sameRepository(url, context);
  const title = `GitRepository ${fullName(repository.resource)}`;
  if (same === false) {
    return refuse(
      `${title} is another repository, ${url}; if that is an address of this one, list it in \`repository.urls\` of .hydrant.yaml`,
    );
  }
  const revision = otherRevision(manifest, Kind.GitRepository('spec', 'ref'), context.repository.branch);
  if (revision !== null) {
    const refused = `${title} takes ${revision}, so that this change does not reach it yet`;
    return { refused, otherRevision: true };
  }
  const mounts = mountsOf(context, repository);
  if (mounts !== null && isRefusal(mounts)) return mounts;
  return {
    mounts,
    ignore: filledText(manifest, Kind.GitRepository('spec', 'ignore')) ?? null,
    certain: same === true,
  };
}

/** The tree with what `spec.include` copies into it, where that is of this repository too. */
function mountsOf(context: FluxContext, repository: FoundObject): readonly Mount[] | null | Refusal {
  const { manifest } = repository.resource;
  const includes = entriesAt(manifest, Kind.GitRepository('spec', 'include'));
  const own = sparseMounts(manifest);
  if (includes.length === 0) return own;
  const mounts: Mount[] = [...(own ?? [{ from: '**', to: '.' }])];
  const namespace = namespaceOf(repository.resource);
  for (const { item } of includes) {
    const name = textAt(item, Kind.GitInclude('repository', 'name')) ?? '';
    const wanted = { group: GROUPS.source, kind: 'GitRepository', namespace, name };
    const included = context.known.find(repository, wanted)?.resource.manifest;
    if (
      included === undefined ||
      !isSame(included, manifest) ||
      otherRevision(included, Kind.GitRepository('spec', 'ref'), context.repository.branch)
    ) {
      return refuse(
        `GitRepository ${fullName(repository.resource)} includes ${namespace}/${name}, which is not this repository`,
      );
    }
    const from = pathInTree(filledText(item, Kind.GitInclude('fromPath')) ?? '.');
    const to = pathInTree(filledText(item, Kind.GitInclude('toPath')) ?? name);
    mounts.push({ from: from === '.' ? '**' : `${from}/**`, to });
  }
  return mounts;
}

function isSame(one: ManifestObject, other: ManifestObject): boolean {
  const [a, b] = [one, other].map((repository) =>
    normalizeGitUrl(textAt(repository, Kind.GitRepository('spec', 'url')) ?? ''),
  );
  return a === b;
}
