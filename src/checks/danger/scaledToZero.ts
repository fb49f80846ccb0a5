import { Kind } from '../../model/kinds.ts';
import { valueAt } from '../../model/manifest.ts';
import { describeResource } from '../../model/resource.ts';
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
  const pods = typeof before === 'number' && before > 1 ? `all ${before} Pods` : 'the only Pod';
  const message = `${describeResource(head)} is scaled to zero: ${pods} of it stop, and nothing serves its traffic`;
  return [dangerOf(pair, 'scaled-to-zero', REPLICAS, message)];
}
