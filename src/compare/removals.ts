import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { ALL_KEEP, keptOnRemoval } from '../model/keptOnRemoval.ts';
import { knownAsIn } from '../model/knownAs.ts';
import type { Maker, OperatorRecord } from '../model/operatorRecord.ts';
import type { Removal } from '../model/removal.ts';
import { describeResource, type Resource } from '../model/resource.ts';
import type { TargetMove } from '../model/review.ts';
import type { Target } from '../model/target.ts';
import { isOfCrdsFolder } from './crdsFolder.ts';
import { targetMove } from './targetMove.ts';

/** What both commits hold. */
export interface ComparedCommits {
  readonly compared: readonly ComparedTarget[];
  readonly base: Discovery;
  readonly head: Discovery;
}

/** Tells what becomes of a resource that a target of the base had and the head does not have. */
export type RemovalOf = (target: Target, resource: Resource) => Removal;

const DELETED: Removal = { fate: 'deleted', reason: null };

/**
 * What becomes of resources that leave Git. A target that stays prunes them or not; one that
 * goes takes them along if its own object is deleted and cascades; and whether that object is
 * deleted depends on what applied or made it, and so on up to what nothing in Git applies.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 * - https://fluxcd.io/flux/components/helm/helmreleases/#uninstall-configuration
 */
export function removalsOf(commits: ComparedCommits): RemovalOf {
  const context: Context = {
    ...commits,
    sides: new Map(commits.compared.map((side) => [side.target.id, side])),
    thereAtHead: new Set(commits.head.objects.map((object) => knownAsIn('', object))),
  };
  const appliers = appliersAtHead(commits.head);
  return (target, resource) => {
    const removal = fateOfResource(resource, target, context);
    const other = appliers.get(knownAsIn('', { ...target, resource }));
    return removal.fate !== 'deleted' || other === undefined ? removal : unknown(`${other} applies it now`);
  };
}

/** The targets that apply resources at the head, by cluster and identity of the resource. */
function appliersAtHead({ renderings, declared }: Discovery): ReadonlyMap<string, string> {
  return new Map(
    renderings.flatMap((rendering) => {
      const { target } = rendering;
      if (rendering.status === 'failed' || !declared.has(target.id)) return [];
      return rendering.resources.map(
        (resource) => [knownAsIn('', { ...target, resource }), target.id] as const,
      );
    }),
  );
}

interface Context extends ComparedCommits {
  readonly sides: ReadonlyMap<string, ComparedTarget>;
  /** The objects of the head, by cluster and identity. */
  readonly thereAtHead: ReadonlySet<string>;
  /** The targets that are asked about already: a root may apply itself, as what `flux bootstrap` writes does. */
  readonly asked?: readonly string[];
}

function fateOfResource(resource: Resource, target: Target, context: Context): Removal {
  const head = context.sides.get(target.id)?.head ?? null;
  if (head?.status === 'failed') return unknown(`${target.id} cannot be rendered any more`);
  const gone = head === null;
  const move = targetMove(context.base.declared.get(target.id), context.head.declared.get(target.id));
  if (move !== null && move.effect !== 'removes') return fateOfMoved(move, target);
  const before = context.base.declared.get(target.id);
  // What the head says is in force when the operator looks what to delete.
  const record = context.head.declared.get(target.id) ?? before;
  const annotation = keptOnRemoval(resource.manifest, { keepers: record?.keepers ?? ALL_KEEP, gone });
  if (annotation !== undefined) return kept(annotation);
  if (record === undefined) return { fate: 'unknown', reason: null };
  const definition = definitionRule(resource, { ...record, id: target.id }, context);
  if (!gone) return definition(record.prunes ? DELETED : kept(`${target.id} ${record.unpruned}`));
  const { asked = [] } = context;
  if (asked.includes(target.id)) return unknown(`${target.id} applied itself`);
  const object = fateOfObject(record.object, record.maker, { ...context, asked: [...asked, target.id] });
  if (object.fate === 'kept')
    return kept(`${describeResource(record.object.resource)} stays, ${object.reason ?? ''}`);
  if (!record.cascades)
    return kept(`${describeResource(record.object.resource)} goes without them: ${record.uncascaded}`);
  return definition(object);
}

/** What was applied to another cluster than the one where an operator looks for what to delete. */
function fateOfMoved({ from, to, effect }: TargetMove, { id }: Target): Removal {
  const reason = `it is in ${from}, and ${id} is applied to ${to} from now on`;
  return effect === 'unknown' ? unknown(`${reason}, unless both are one cluster`) : kept(reason);
}

/** What becomes of an operator's object that the base had. */
function fateOfObject(object: FoundObject, maker: Maker | null, context: Context): Removal {
  const { place, resource } = object;
  if (place.in === 'file') return unknown(`nothing in this repository applies ${place.path}`);
  if (place.in === 'rendering') return fateOfResource(resource, place.target, context);
  const set = place.object;
  const name = describeResource(set.resource);
  if (context.thereAtHead.has(knownAsIn('', set)))
    return maker?.deletes === false ? kept(`because ${name} deletes none (applicationsSync)`) : DELETED;
  const fate = fateOfObject(set, null, context);
  if (fate.fate === 'deleted' && maker?.releases === true) return kept(`because ${name} lets go of it`);
  return fate;
}

/** Who deletes CustomResourceDefinitions otherwise than other resources. */
function definitionRule(
  resource: Resource,
  { id, keptDefinitions }: Pick<Target, 'id'> & Pick<OperatorRecord, 'keptDefinitions'>,
  { base, sides }: Context,
): (removal: Removal) => Removal {
  const asOthers = (removal: Removal) => removal;
  if (resource.kind !== 'CustomResourceDefinition' || keptDefinitions === null) return asOthers;
  const { which, reason } = keptDefinitions;
  const { base: before, head = null } = sides.get(id) ?? {};
  if (which === 'allWithTheObject') return head === null ? () => kept(reason) : asOthers;
  switch (isOfCrdsFolder(resource, before?.trace ?? [], base.definitionFiles)) {
    case true:
      return () => kept(reason);
    case false:
      return asOthers;
    case null:
      return (removal) => (removal.fate === 'kept' ? removal : unknown(reason));
  }
}

function kept(reason: string): Removal {
  return { fate: 'kept', reason };
}

function unknown(reason: string): Removal {
  return { fate: 'unknown', reason };
}
