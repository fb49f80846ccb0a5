import { isBuiltInClusterScoped } from '../../model/clusterScoped.ts';
import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Discovery } from '../../model/discovery.ts';
import type { SourceViolation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import type { Gap, SubjectViolation } from '../../model/judgement.ts';
import { knownAsIn } from '../../model/knownAs.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { customClusterScopedKinds } from '../../targets/clusterScoped.ts';
import { findCycles } from '../argo/cycles.ts';
import { findProjectViolations, type RenderedApplication } from '../argo/projects.ts';
import type { Check } from '../check.ts';
import { checkHealthChecks } from '../flux/healthChecks.ts';
import { checkImagePolicies } from '../flux/imagePolicies.ts';
import type { CommitJudgement } from '../judgeCommits.ts';
import type { CommitWorld, World } from '../world.ts';
import { newGaps } from './newGaps.ts';
import { withPossiblyMade } from './possiblyMade.ts';

/**
 * Judges operators' objects, and the files that they steer: what following the objects found,
 * Applications in a circle, what projects refuse, health checks, and image automation.
 */
export const operatorCheck: Check = { concern: 'policies', judge: judgeOperators };

async function judgeOperators(compared: readonly ComparedTarget[], { base, head, settings, own }: World) {
  const [before, after] = await Promise.all([
    judgeSide(base, { settings, own }),
    judgeSide(head, { settings, own }),
  ]);
  const isUnknown = declaresUnrendered(head.discovery);
  return {
    before: [
      ...before.violations,
      ...before.ofRendered.filter(({ object }) => !isUnknown(object)).map(onObject),
    ],
    after: [...after.violations, ...after.ofRendered.map(onObject)],
    gaps: newGaps(
      { gaps: before.gaps, objects: base.discovery.objects },
      { gaps: after.gaps, objects: head.discovery.objects },
      compared,
    ),
    undecided: [],
  };
}

interface SideJudgement extends Omit<CommitJudgement, 'undecided'> {
  /** What is said of an object by what its target renders. */
  readonly ofRendered: readonly ObjectViolation[];
}

async function judgeSide(
  { discovery, snapshot }: CommitWorld,
  { settings, own }: Pick<World, 'own' | 'settings'>,
): Promise<SideJudgement> {
  const { objects, renderings, declared, violations, notValidated } = discovery;
  const projects = findProjectViolations(applicationsOf(discovery), {
    objects,
    settings,
    isClusterScoped: clusterScopeOf(objects),
  });
  const images = await checkImagePolicies({ snapshot, objects, paths: yamlFiles(snapshot), own });
  const onObjects = [
    ...withPossiblyMade([...violations, ...images.objects], discovery),
    ...findCycles(discovery),
  ];
  return {
    ofRendered: [...projects, ...checkHealthChecks(renderings, declared)],
    violations: [...onObjects.map(onObject), ...images.files.map(onFile)],
    gaps: [...notValidated, ...images.notValidated] satisfies Gap[],
  };
}

/** Tells the objects whose targets a commit has and does not render: of those nothing is mended. */
function declaresUnrendered({ renderings, declared }: Discovery): (object: FoundObject) => boolean {
  const keys = renderings
    .filter(({ status }) => status !== 'rendered')
    .flatMap(({ target }) => declared.get(target.id)?.object ?? [])
    .map((object) => knownAsIn('', object));
  const unrendered = new Set(keys);
  return (object) => unrendered.has(knownAsIn('', object));
}

/** A violation of an operator's object, with its subject. */
export function onObject({ object, violation }: ObjectViolation): SubjectViolation {
  return { subject: { is: 'object', object }, violation };
}

function onFile({ location, resource, ...violation }: SourceViolation): SubjectViolation {
  return { subject: { is: 'file', path: location.path, resource, targets: [] }, violation, location };
}

function applicationsOf({ renderings, declared }: Discovery): RenderedApplication[] {
  return renderings.flatMap((rendering) => {
    const object = declared.get(rendering.target.id)?.object;
    if (object === undefined) return [];
    const resources = rendering.status === 'rendered' ? rendering.resources : [];
    return [{ target: rendering.target, object, resources }];
  });
}

/** Kinds that stand in no namespace: Kubernetes' own, well-known ones, and those of definitions. */
function clusterScopeOf(objects: readonly FoundObject[]): (group: string, kind: string) => boolean {
  const custom = new Set(customClusterScopedKinds(objects));
  return (group, kind) => isBuiltInClusterScoped(group, kind) || custom.has(`${group}/${kind}`);
}

function yamlFiles({ entries }: Snapshot): string[] {
  return [...entries.values()]
    .filter(({ kind, path }) => kind === 'file' && /\.ya?ml$/.test(path))
    .map(({ path }) => path);
}
