import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { Fate } from '../../model/removal.ts';
import { describeResource, nameOnly, type Resource, type ResourceName } from '../../model/resource.ts';
import { table } from '../../model/table.ts';
import type { Danger, ResourcePair } from './danger.ts';

/** What goes with a resource, by `group/Kind`: the rule, and which of the {@link EFFECTS} it has. */
const LOSSES = table<readonly [rule: string, effect: (resource: Resource) => Effect]>({
  '/Namespace': ['data-loss', () => 'namespace'],
  'apiextensions.k8s.io/CustomResourceDefinition': ['data-loss', () => 'objects'],
  '/PersistentVolumeClaim': ['data-loss', () => 'claim'],
  '/PersistentVolume': ['data-loss', lossOfVolume],
  'apps/StatefulSet': ['stateful-set-pruned', lossOfStatefulSet],
});

type Effect = keyof typeof EFFECTS;

const EFFECTS = {
  namespace: 'with everything in it, also what Git does not hold',
  objects: 'with every',
  claim: 'and its volume’s data, unless the volume’s reclaim policy is Retain',
  storage: 'and the storage behind it, once no claim is bound to it',
  volume: 'and nothing claims its storage by this name any more',
  claims: 'its Pods stop, and the claims of its volumes go with their data',
  pods: 'its Pods stop; the claims of its volumes stay',
} as const;

/** A removed resource that takes data with it. Nothing is said of what stays in the cluster. */
export function dangerousRemoval({ target, base }: ResourcePair, fate: Fate): Danger[] {
  const loss = base === null ? undefined : LOSSES[`${base.group}/${base.kind}`];
  if (base === null || loss === undefined || fate === 'kept') return [];
  const [rule, effectOn] = loss;
  const effect = effectOn(base);
  const about = {
    ...nameOnly(base),
    effect,
    objects: effect === 'objects' ? definedKind(base) : null,
    // The target is named where nobody knows whether anything prunes.
    target: fate === 'deleted' ? null : target.id,
  };
  return [
    {
      target,
      resource: base,
      removed: true,
      violation: {
        rule: `danger/${rule}`,
        severity: 'warning',
        message: isDeleted(about),
        about,
        fieldPath: null,
      },
    },
  ];
}

type Removal = ResourceName & {
  readonly effect: Effect;
  readonly objects: string | null;
  readonly target: string | null;
};

function isDeleted(about: Removal): string {
  const { effect, objects, target } = about;
  const what = objects === null ? EFFECTS[effect] : `${EFFECTS[effect]} ${objects} in the cluster`;
  const deleted = `${describeResource(about)} is deleted, ${what}`;
  return target === null ? deleted : `where what applies ${target} prunes, ${deleted}`;
}

function definedKind({ manifest }: Resource): string {
  return textAt(manifest, Kind.CustomResourceDefinition('spec', 'names', 'kind')) ?? 'object';
}

function lossOfVolume({ manifest }: Resource): Effect {
  return textAt(manifest, Kind.PersistentVolume('spec', 'persistentVolumeReclaimPolicy')) === 'Delete'
    ? 'storage'
    : 'volume';
}

function lossOfStatefulSet({ manifest }: Resource): Effect {
  const policy = textAt(
    manifest,
    Kind.StatefulSet('spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted'),
  );
  return policy === 'Delete' ? 'claims' : 'pods';
}
