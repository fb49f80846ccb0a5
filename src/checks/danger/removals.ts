import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import { describeResource, type Resource } from '../../model/resource.ts';
import type { Danger, Fate, ResourcePair } from './danger.ts';

/** What goes with a resource, by `group/Kind`: rule, and what the cluster does. */
const LOSSES: Readonly<Record<string, readonly [rule: string, effect: (resource: Resource) => string]>> = {
  '/Namespace': ['data-loss', () => 'with everything in it, also what Git does not hold'],
  'apiextensions.k8s.io/CustomResourceDefinition': [
    'data-loss',
    ({ manifest }) =>
      `with every ${textAt(manifest, Kind.CustomResourceDefinition('spec', 'names', 'kind')) ?? 'object'} in the cluster`,
  ],
  '/PersistentVolumeClaim': [
    'data-loss',
    () => 'and its volume’s data, unless the volume’s reclaim policy is Retain',
  ],
  '/PersistentVolume': ['data-loss', lossOfVolume],
  'apps/StatefulSet': ['stateful-set-pruned', lossOfStatefulSet],
};

/** A removed resource that takes data with it. Nothing is said of what stays in the cluster. */
export function dangerousRemoval({ target, base }: ResourcePair, fate: Fate): Danger[] {
  const loss = base === null ? undefined : LOSSES[`${base.group}/${base.kind}`];
  if (base === null || loss === undefined || fate === 'kept') return [];
  const [rule, effect] = loss;
  const deleted = `${describeResource(base)} is deleted, ${effect(base)}`;
  const message = fate === 'deleted' ? deleted : `where what applies ${target.id} prunes, ${deleted}`;
  return [
    {
      target,
      resource: base,
      removed: true,
      violation: { rule: `danger/${rule}`, severity: 'warning', message, fieldPath: null },
    },
  ];
}

function lossOfVolume({ manifest }: Resource): string {
  return textAt(manifest, Kind.PersistentVolume('spec', 'persistentVolumeReclaimPolicy')) === 'Delete'
    ? 'and the storage behind it, once no claim is bound to it'
    : 'and nothing claims its storage by this name any more';
}

function lossOfStatefulSet({ manifest }: Resource): string {
  const policy = textAt(
    manifest,
    Kind.StatefulSet('spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'),
  );
  return policy === 'Delete'
    ? 'its Pods stop, and the claims of its volumes go with their data'
    : 'its Pods stop; the claims of its volumes stay';
}
