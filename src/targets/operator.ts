import path from 'node:path';
import { digestOf } from '../model/digestOf.ts';
import { objectAt } from '../model/fields.ts';
import type { NotValidated } from '../model/finding.ts';
import type { Followed, FollowedTarget } from '../model/followed.ts';
import { appliedBy, type FoundObject, type ObjectViolation } from '../model/foundObject.ts';
import type { FieldPath, ManifestObject } from '../model/manifest.ts';
import type { OperatorRecord, ReferredPart } from '../model/operatorRecord.ts';
import type { NamedInput } from '../model/remoteInputs.ts';
import type { Resource, ResourceId } from '../model/resource.ts';
import type { FollowContext } from './followContext.ts';

/** A system whose objects in the cluster say what is applied to it. */
export interface Operator {
  /** As people call it. */
  readonly name: string;
  /** End its API groups, by which a text is recognised that may hold one of its objects. */
  readonly domains: readonly string[];
  /** Whether an object says what is applied, so that it is judged where no target renders it, too. */
  declares(id: Pick<ResourceId, 'group' | 'kind'>): boolean;
  /** The targets that its objects declare, each with the record of what the object says of it. */
  follow(context: FollowContext): Promise<Followed>;
  /** What decides what its objects give to others that refer to them; null for objects of others. */
  referredPart(resource: Resource): ReferredPart | null;
  /** What one of its objects has it fetch from elsewhere; nothing of other objects. */
  inputsOf(object: FoundObject): readonly NamedInput[];
}

type Read = FollowedTarget['record'];

/** What an object has to say; the rest is left out where it says nothing of it. */
type Said = Pick<Read, 'prunes' | 'cascades' | 'decides'> & Partial<Omit<Read, 'object' | 'appliedBy'>>;

/** The record of an object. @param said what its operator's room has read of it. */
export function recordOf(object: FoundObject, said: Said): Read {
  return {
    object,
    appliedBy: appliedBy(object),
    unpruned: 'does not prune',
    uncascaded: 'it does not prune, or is suspended',
    keepers: [],
    heeds: [],
    keptDefinitions: null,
    maker: null,
    waits: null,
    filesWait: null,
    makesObjects: true,
    appliesTo: null,
    forces: false,
    merges: false,
    namespace: null,
    confinedTo: null,
    places: [],
    references: [],
    ignores: null,
    metadata: null,
    edits: [],
    layers: [],
    variables: new Map(),
    paths: [],
    valueField: () => null,
    addresses: [],
    waitsFor: [],
    needsNewVersion: false,
    ...said,
  };
}

/** Where an object's operator runs, by which objects of the same name are told apart; null where nobody knows. */
export function hostOf({
  cluster,
  environment,
}: Pick<FoundObject, 'cluster' | 'environment'>): string | null {
  return cluster ?? environment;
}

/** The id of the target that an object declares. @param namespace the object's, or that which goes without saying. */
export function objectTargetId(object: FoundObject, namespace: string): string {
  const host = hostOf(object);
  const { kind, name } = object.resource;
  return `${host === null ? '' : `${host}/`}${kind}/${namespace}/${name}`;
}

/** An object's spec without some of its fields. */
export function specWithout(manifest: ManifestObject, fields: readonly string[]): ManifestObject {
  const spec = Object.entries(objectAt(manifest, ['spec']) ?? {});
  return Object.fromEntries(spec.filter(([field]) => !fields.includes(field)));
}

/** Whether two records are of objects with the same spec; what is not declared says nothing. */
export function saysTheSame(one: OperatorRecord | undefined, other: OperatorRecord | undefined): boolean {
  const said = (record: OperatorRecord | undefined) =>
    record === undefined ? '' : digestOf(specWithout(record.object.resource.manifest, []));
  return said(one) === said(other);
}

/** The files that a path in an object may mean: it stands from the target's folder or from the root. */
export function filesNamed(text: string, folder: string): string[] {
  if (text === '') return [];
  return [path.posix.join(folder, text), path.posix.join('.', text), path.posix.join('/', text).slice(1)];
}

/** Stands among the places of a record for all of the commit. */
export const EVERYWHERE = '**';

/** The place in a commit that a field names, from its root; none where that is the root itself. */
export function placeNamed(text: string | undefined): string[] {
  const place = text?.replace(/^(?:\.?\/)+/, '') ?? '';
  return place === '' || place === '.' ? [] : [place];
}

/** The steps to a chart's value that Helm names, such as `a.b[0]`. */
export function valueSteps(value: string): FieldPath {
  return [...value.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) =>
    index === undefined ? name : Number(index),
  );
}

/** What one object of an operator declares, with what is to be said of it. */
export interface FollowedObject extends ViolationsAndGaps {
  readonly target: FollowedTarget;
}

/** What is wrong on the way to a target, and what its rendering lacks of what its operator would apply. */
export interface ViolationsAndGaps {
  readonly violations: readonly ObjectViolation[];
  readonly notValidated: readonly NotValidated[];
}

/** That a target's rendering is not all that its operator would apply. */
export function partlyRendered(subject: string, reason: string): NotValidated {
  return { subject, reason, concern: 'render' };
}
