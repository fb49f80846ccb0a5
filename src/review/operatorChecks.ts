import { findProjectViolations, type RenderedApplication } from '../checks/argo/projects.ts';
import { checkHealthChecks } from '../checks/flux/healthChecks.ts';
import { checkImagePolicies } from '../checks/flux/imagePolicies.ts';
import { isBuiltInClusterScoped } from '../model/clusterScoped.ts';
import type { NotValidated, SourceViolation } from '../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../model/foundObject.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { customClusterScopedKinds } from '../targets/argo/clusterScoped.ts';
import { findCycles } from './cycles.ts';
import type { Discovery } from './discover.ts';

/** What is wrong with the operators' objects of one commit, and with the files that they steer. */
export interface OperatorJudgement {
  readonly objects: readonly ObjectViolation[];
  readonly files: readonly SourceViolation[];
  readonly notValidated: readonly NotValidated[];
}

/**
 * Judges what following the objects found, Applications in a circle, what projects refuse,
 * health checks, and image automation.
 */
export async function judgeOperators(
  discovery: Discovery,
  { snapshot, settings }: { readonly snapshot: Snapshot; readonly settings: Settings },
): Promise<OperatorJudgement> {
  const { objects, renderings, declared, violations, notValidated } = discovery;
  const projects = findProjectViolations(applicationsOf(discovery), {
    objects,
    settings,
    isClusterScoped: clusterScopeOf(objects),
  });
  const images = await checkImagePolicies({ snapshot, objects, paths: yamlFiles(snapshot) });
  return {
    objects: [
      ...violations,
      ...findCycles(discovery),
      ...projects,
      ...checkHealthChecks(renderings, declared),
      ...images.objects,
    ],
    files: images.files,
    notValidated: [...notValidated, ...images.notValidated],
  };
}

function applicationsOf({ renderings, declared }: Discovery): RenderedApplication[] {
  return renderings.flatMap((rendering) => {
    const object = declared.get(rendering.target.id);
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
