import type { FoundObject } from '../../model/foundObject.ts';
import { type KeyedSource, keyed } from '../../model/keyedSource.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import type { RenderSource, RenderStep } from '../../model/renderSource.ts';
import type { NotFollowed, Target } from '../../model/target.ts';
import { told } from '../../model/told.ts';
import { clusterScopedKinds } from '../clusterScoped.ts';
import { environmentOfTarget } from '../environment.ts';
import { type FollowedObject, partlyRendered } from '../operator.ts';
import { isRefusal, mistakesOf, notRendered, type Refusal } from '../refusal.ts';
import { applicationRecord } from './applicationRecord.ts';
import { applicationId, specOf } from './argoObjects.ts';
import { type DeclaredSource, type DeclaredSources, declaredSources, sourceText } from './declaredSources.ts';
import { appliedPlace, destinationMistake, destinationOf } from './destination.ts';
import { normalFolder } from './localFolder.ts';
import { mistake } from './mistake.ts';
import { type ApplicationContext, type FollowedSource, renderSourceOf } from './renderSourceOf.ts';
import type { ArgoContext } from './sourceContext.ts';
import { isOfOtherRevision } from './thisCommit.ts';
import { whyNotSynced } from './whyNotSynced.ts';

/** The target that an Application declares. */
export async function followApplication(
  application: FoundObject,
  argo: ArgoContext,
): Promise<FollowedObject> {
  const spec = specOf(application);
  const declared = declaredSources(spec);
  const destination = destinationOf(application, spec, argo.settings);
  const outcomes = await followSources(declared, { argo, application, destination });
  const id = applicationId(application);
  const read = declared.all.filter((source) => !isPinned(source, argo));
  const local = declared.all.filter((_, index) => !isElsewhere(outcomes[index]));
  const path = pathOf(read.length === 0 ? local : local.filter((source) => read.includes(source)));
  const refusals = outcomes.filter(isRefusal);
  const followed = outcomes.flatMap((outcome) => (isRefusal(outcome) ? [] : [outcome]));
  const rendered = followed.flatMap(({ source }) => (source === null ? [] : [source]));
  const steps = stepsOf(destination.namespace, argo, id);
  const target: Target = {
    id,
    kind: 'Application',
    path,
    cluster: destination.cluster,
    environment: environmentOfTarget(
      { object: application, cluster: destination.cluster, folder: pathOf(declared.all) },
      argo.settings,
    ),
    source: sourceOf(rendered, { refusals, steps, otherRevision: read.length === 0 && refusals.length > 0 }),
  };
  const folders = followed.flatMap(({ folder }) => (folder === null ? [] : [folder]));
  const layers = followed.flatMap((one) => one.layers);
  const said = applicationRecord(application, { sources: declared.all, read, path, layers });
  const appliesTo = appliedPlace(spec, destination, argo.settings);
  const record = { ...said, appliesTo, waits: whyNotSynced(application, argo.objects) };
  return {
    target: { target, record, folders },
    violations: mistakesOf([...refusals, ...wrongDestination(spec)], application),
    notValidated:
      'reason' in target.source
        ? []
        : refusals.map(({ refused }) => partlyRendered(id, `one of its sources is left out: ${refused}`)),
  };
}

/** Each source as it is followed, or refused; or why none of them is. */
async function followSources(
  declared: DeclaredSources,
  context: Omit<ApplicationContext, 'refs'>,
): Promise<readonly (FollowedSource | Refusal)[]> {
  if (declared.all.length === 0)
    return [mistake(told('no-source')`the Application has no source`, Kind.Application('spec'))];
  const refs = refsOf(declared);
  if (refs !== null && isRefusal(refs)) return [refs];
  return Promise.all(declared.all.map((source) => renderSourceOf(source, { ...context, refs })));
}

/** The sources that values files may stand in; null for a single `source`. */
function refsOf({ all, multiple }: DeclaredSources): ReadonlyMap<string, DeclaredSource> | null | Refusal {
  if (!multiple) return null;
  const refs = new Map<string, DeclaredSource>();
  for (const declared of all) {
    const ref = sourceText(declared.source, 'ref');
    if (ref === '') continue;
    const fieldPath = [...declared.fieldPath, 'ref'];
    if (!/^[\w-]+$/.test(ref))
      return mistake(
        told('ref-letters', { ref })`the ref ${'ref'} may have letters, digits, - and _ only`,
        fieldPath,
      );
    if (refs.has(ref))
      return mistake(told('ref-twice', { ref })`several sources have the ref ${'ref'}`, fieldPath);
    refs.set(ref, declared);
  }
  return refs;
}

/** Argo CD syncs nothing then, but what would be synced can be told all the same. */
function wrongDestination(spec: ManifestObject): Refusal[] {
  const wrong = destinationMistake(spec);
  return wrong === null ? [] : [mistake(wrong, Kind.Application('spec', 'destination'))];
}

/** True for a source of this repository at a revision that no pull request changes. */
function isPinned({ source }: DeclaredSource, argo: ArgoContext): boolean {
  if (sourceText(source, 'chart') !== '') return false;
  const [repoURL, targetRevision] = [sourceText(source, 'repoURL'), sourceText(source, 'targetRevision')];
  return isOfOtherRevision({ repoURL, targetRevision }, argo);
}

/** True for a source whose files are not this repository's. */
function isElsewhere(outcome: FollowedSource | Refusal | undefined): boolean {
  return outcome !== undefined && !isRefusal(outcome) && outcome.folder === null;
}

/** The folder of the first source that has one. */
function pathOf(sources: readonly DeclaredSource[]): string {
  const path = sources.map(({ source }) => sourceText(source, 'path')).find((text) => text !== '');
  return path === undefined ? '.' : normalFolder(path).replace(/^\/+/, '') || '.';
}

/** Without a namespace, too: cluster-scoped resources lose theirs, and of equal ones the last counts. */
function stepsOf(namespace: string, { objects }: ArgoContext, id: string): RenderStep[] {
  return [{ step: 'defaultNamespace', namespace, clusterScoped: clusterScopedKinds(objects, id) }];
}

/** Nothing is followed where all sources that would give resources are refused. */
function sourceOf(
  rendered: readonly RenderSource[],
  {
    refusals,
    steps,
    otherRevision,
  }: { refusals: readonly Refusal[]; steps: readonly RenderStep[]; otherRevision: boolean },
): KeyedSource | NotFollowed {
  const [first] = rendered;
  if (first === undefined && refusals.length > 0) {
    const refused = [...new Set(refusals.map((refusal) => refusal.refused))].join('; ');
    return notRendered({ refused, otherRevision });
  }
  const whole: RenderSource =
    rendered.length === 1 && first ? first : { tool: 'combined', sources: rendered };
  return keyed({ ...whole, steps });
}
