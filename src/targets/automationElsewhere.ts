import { filledText } from '../model/fields.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { Kind } from '../model/kinds.ts';
import { isObject, textAt, valueAt } from '../model/manifest.ts';
import { shownAddress } from '../model/remoteInputs.ts';
import { otherRevision } from './otherRevision.ts';
import { normalizeGitUrl } from './sameRepository.ts';

/** By what the repository under review is known. */
export interface OwnRepository {
  /** Host and path of its addresses; empty where none is known. */
  readonly addresses: readonly string[];
  /** The branch that the pull request goes into; null where it is not known. */
  readonly branch: string | null;
}

/** Flux's own namespace, and the source that `flux bootstrap` makes there of the repository it commits to. */
const BOOTSTRAP = 'flux-system';

/**
 * Where an ImageUpdateAutomation looks for markers and writes, if not in the repository under review
 * at the branch that the pull request goes into; null where it is there.
 * https://fluxcd.io/flux/components/image/imageupdateautomations/#source-reference
 */
export function automationElsewhere(
  { resource: { manifest, namespace }, cluster }: FoundObject,
  objects: readonly FoundObject[],
  { addresses, branch }: OwnRepository,
): string | null {
  const reference = (field: 'name' | 'namespace') =>
    filledText(manifest, Kind.ImageUpdateAutomation('spec', 'sourceRef', field));
  const wanted = `${reference('namespace') ?? namespace ?? BOOTSTRAP}/${reference('name') ?? ''}`;
  const sources = objects.filter(
    (one) => nameOf(one) === wanted && (one.cluster === null || cluster === null || one.cluster === cluster),
  );
  const source = sources.find((one) => one.cluster === cluster) ?? sources[0];
  if (source === undefined)
    return wanted === `${BOOTSTRAP}/${BOOTSTRAP}` ? null : `GitRepository ${wanted}, which is not here`;
  const repository = source.resource.manifest;
  const url = textAt(repository, Kind.GitRepository('spec', 'url')) ?? '';
  const isOwn = addresses.length === 0 || addresses.includes(normalizeGitUrl(url) ?? '');
  if (!isOwn) return `another repository, ${shownAddress(url)}`;
  const checkout = Kind.ImageUpdateAutomation('spec', 'git', 'checkout', 'ref');
  const revision = isObject(valueAt(manifest, checkout))
    ? otherRevision(manifest, checkout, branch)
    : otherRevision(repository, Kind.GitRepository('spec', 'ref'), branch);
  return revision === null ? null : `${revision}, of GitRepository ${wanted}`;
}

/** The name of a GitRepository; null for other kinds. */
function nameOf({ resource: { group, kind, namespace, name } }: FoundObject): string | null {
  const isSource = group === 'source.toolkit.fluxcd.io' && kind === 'GitRepository';
  return isSource ? `${namespace ?? BOOTSTRAP}/${name}` : null;
}
