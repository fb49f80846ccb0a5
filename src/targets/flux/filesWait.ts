import { entriesAt, flagAt, listAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, textAt, valueAt } from '../../model/manifest.ts';
import type { FilesWait } from '../../model/operatorRecord.ts';
import { copiedSources, generatorOf } from './artifactTree.ts';
import type { FluxContext } from './fluxContext.ts';
import { fullName, GROUPS, namespaceOf } from './knownObjects.ts';
import { findSource, type Reference, readReference, title } from './reference.ts';
import { whyDisabled } from './suspended.ts';

/**
 * That Flux takes no new files of the source that an object refers to; null where it does. It goes
 * on with those that it has.
 * https://fluxcd.io/flux/components/source/gitrepositories/#suspend
 */
export function filesWaitFor(context: FluxContext, reference: Reference): FilesWait | null {
  const held = whyHeld(context, reference);
  if (held === null) return null;
  return { ...held, mayComeOtherwise: held.mayComeOtherwise || takesOthersValues(reference.from) };
}

/** That Flux takes no new chart for a HelmRelease: its source, or the HelmChart before that, is suspended. */
export function chartWaits(context: FluxContext, release: FoundObject): FilesWait | null {
  const referred = Kind.HelmRelease('spec', 'chartRef');
  const isReferred = isObject(valueAt(release.resource.manifest, referred));
  const template = Kind.HelmRelease('spec', 'chart', 'spec', 'sourceRef');
  const reference = readReference(release, isReferred ? referred : template);
  const chart = reference.kind === 'HelmChart' ? findSource(context, reference) : undefined;
  const own = filesWaitFor(context, reference);
  if (own !== null || chart === undefined) return own;
  const behind = filesWaitFor(context, readReference(chart, Kind.HelmChart('spec', 'sourceRef')));
  return behind && { ...behind, mayComeOtherwise: behind.mayComeOtherwise || takesOthersValues(release) };
}

/** Their values reach the cluster whatever the source does, so that nothing is held back for sure. */
function takesOthersValues({ resource: { manifest } }: FoundObject): boolean {
  const lists = [
    Kind.Kustomization('spec', 'postBuild', 'substituteFrom'),
    Kind.HelmRelease('spec', 'valuesFrom'),
  ];
  return lists.some((list) => listAt(manifest, list).length > 0);
}

function whyHeld(context: FluxContext, reference: Reference): FilesWait | null {
  if (reference.kind === 'ExternalArtifact') return whyNotMade(context, reference);
  const source = findSource(context, reference);
  if (source === undefined) return null;
  if (isSuspended(source))
    return { why: `its source ${title(reference)} is suspended`, mayComeOtherwise: false };
  const [included] = includedBy(context, source).filter(isSuspended);
  if (included === undefined) return null;
  const why = `its source ${title(reference)} includes GitRepository ${fullName(included.resource)}, which is suspended`;
  return { why, mayComeOtherwise: true };
}

/** https://fluxcd.io/flux/components/source/gitrepositories/#include */
function includedBy({ known }: FluxContext, source: FoundObject): FoundObject[] {
  const { group, manifest } = source.resource;
  return entriesAt(manifest, Kind.GitRepository('spec', 'include')).flatMap(({ item }) => {
    const name = textAt(item, Kind.GitInclude('repository', 'name')) ?? '';
    const wanted = { group, kind: 'GitRepository', namespace: namespaceOf(source.resource), name };
    return known.find(source, wanted) ?? [];
  });
}

function whyNotMade(context: FluxContext, reference: Reference): FilesWait | null {
  const generator = generatorOf(context, reference);
  if (generator === undefined) return null;
  const disabled = whyDisabled(generator.resource.manifest, GROUPS.extensions);
  if (disabled !== null) {
    const name = `ArtifactGenerator ${fullName(generator.resource)}`;
    return { why: `${name}, which makes its source, does not: ${disabled}`, mayComeOtherwise: false };
  }
  const sources = copiedSources(context, generator, reference.name);
  const [first] = sources.filter(isSuspended);
  if (first === undefined) return null;
  const why = `${first.resource.kind} ${fullName(first.resource)}, which its source is made of, is suspended`;
  return { why, mayComeOtherwise: !sources.every(isSuspended) };
}

function isSuspended({ resource: { manifest } }: FoundObject): boolean {
  // Every kind of source has this field.
  return flagAt(manifest, Kind.GitRepository('spec', 'suspend'));
}
