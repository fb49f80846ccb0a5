import { Kind } from '../../model/kinds.ts';
import { valueAt } from '../../model/manifest.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import { type ChangedPair, type Danger, dangerOf } from './danger.ts';

const SCALED = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet', 'argoproj.io/Rollout']);
const REPLICAS = Kind.Deployment('spec', 'replicas');

/** A workload that ran, and would run no Pod after the merge. */
export function scaledToZero(pair: ChangedPair): Danger[] {
  const { base, head } = pair;
  if (!SCALED.has(`${head.group}/${head.kind}`)) return [];
  // Without a number there is one.
  const before = valueAt(base.manifest, REPLICAS) ?? 1;
  if (before === 0 || valueAt(head.manifest, REPLICAS) !== 0) return [];
  const about = { ...nameOnly(head), pods: typeof before === 'number' && before > 1 ? before : 1 };
  return [dangerOf(pair, { rule: 'scaled-to-zero', message: isScaled(about), about, fieldPath: REPLICAS })];
}

function isScaled(about: ResourceName & { readonly pods: number }): string {
  const pods = about.pods > 1 ? `all ${about.pods} Pods` : 'the only Pod';
  return `${describeResource(about)} is scaled to zero: ${pods} of it stop, and nothing serves its traffic`;
}
