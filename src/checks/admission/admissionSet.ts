import { isObject, textAt } from '../../model/manifest.ts';
import type { Rendering } from '../../model/rendering.ts';
import { apiVersionOf, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { maySameSite, type Site } from '../policies/sites.ts';
import { policyNameOf, type SureAndUnsure, type UnsurePolicy, unsurePolicies } from './unsurePolicies.ts';

/** The objects of a commit that decide what is admitted to a target's cluster. */
export interface AdmissionSet {
  /** The ValidatingAdmissionPolicies that are sure, and their bindings. */
  readonly policies: readonly Resource[];
  readonly bindings: readonly Resource[];
  /** Objects of the kinds that the policies take parameters of. */
  readonly params: readonly Resource[];
  readonly namespaces: readonly Resource[];
  /** The policies whose form in the cluster is not sure. */
  readonly unsure: readonly UnsurePolicy[];
  /** A key that is equal for sets which decide alike. */
  readonly text: string;
}

const GROUP = 'admissionregistration.k8s.io';
const NONE: AdmissionSet = {
  policies: [],
  bindings: [],
  params: [],
  namespaces: [],
  unsure: [],
  text: '',
};

interface Found {
  readonly target: Target;
  readonly resource: Resource;
}

/**
 * Tells which policies a commit applies, or may apply, to a target's cluster: those of all
 * targets that are not known to be of another cluster or environment.
 */
export function admissionSets(renderings: readonly Rendering[]): (target: Target) => AdmissionSet {
  const all = renderings.flatMap((rendering) =>
    rendering.status === 'failed'
      ? []
      : rendering.resources.map((resource): Found => ({ target: rendering.target, resource })),
  );
  if (!all.some(({ resource }) => isPolicy(resource))) return () => NONE;
  const known = new Map<string, AdmissionSet>();
  return ({ cluster, environment }) => {
    const key = JSON.stringify([cluster, environment]);
    const set = known.get(key) ?? setOf(all, { cluster, environment });
    known.set(key, set);
    return set;
  };
}

function setOf(all: readonly Found[], place: Site): AdmissionSet {
  const there = all.filter(({ target }) => maySameSite(target, place));
  const policies = nearest(there, place, isPolicy);
  const kinds = new Set([...policies.sure, ...policies.unsure.flat()].map(paramKind));
  const bindings = nearest(
    there,
    place,
    ({ group, kind }) => group === GROUP && kind === 'ValidatingAdmissionPolicyBinding',
  );
  // A parameter or Namespace of several forms counts as unknown, so only the sure ones are taken.
  const params = nearest(there, place, (resource) => kinds.has(`${apiVersionOf(resource)} ${resource.kind}`));
  const namespaces = nearest(there, place, ({ group, kind }) => group === '' && kind === 'Namespace');
  const unsure = unsurePolicies(policies, bindings);
  const names = new Set<string | undefined>(unsure.map(({ name }) => name));
  const parts = {
    policies: policies.sure.filter(({ name }) => !names.has(name)),
    bindings: bindings.sure.filter((binding) => !names.has(policyNameOf(binding))),
    params: params.sure,
    namespaces: namespaces.sure,
  };
  if (parts.policies.length === 0 && unsure.length === 0) return NONE;
  const decisive = [...Object.values(parts), policies.unsure.flat(), bindings.unsure.flat()];
  return { ...parts, unsure, text: JSON.stringify(decisive.map((resources) => resources.map(contents))) };
}

function isPolicy({ group, kind }: Resource): boolean {
  return group === GROUP && kind === 'ValidatingAdmissionPolicy';
}

function paramKind({ manifest }: Resource): string {
  return `${textAt(manifest, ['spec', 'paramKind', 'apiVersion'])} ${textAt(manifest, ['spec', 'paramKind', 'kind'])}`;
}

/** Of a policy its annotations, which operators write, say nothing; of a Namespace only its labels do. */
function contents({ kind, manifest }: Resource): unknown {
  if (kind === 'Namespace') return [manifest['kind'], manifest['metadata']];
  const { metadata, ...rest } = manifest;
  return [rest, isObject(metadata) ? [metadata['name'], metadata['namespace'], metadata['labels']] : null];
}

/**
 * The objects of a kind by name. Of several, the one that surely belongs to the place is taken;
 * where different ones are equally near, all of them are kept as forms.
 */
function nearest(
  found: readonly Found[],
  place: Site,
  wanted: (resource: Resource) => boolean,
): SureAndUnsure {
  const named = new Map<string, Found[]>();
  for (const one of found) {
    if (!wanted(one.resource)) continue;
    const { group, kind, namespace, name } = one.resource;
    const key = JSON.stringify([group, kind, namespace, name]);
    named.set(key, [...(named.get(key) ?? []), one]);
  }
  const alike = [...named.keys()].toSorted().map((key) => formsOf(named.get(key) ?? [], place));
  return {
    sure: alike.filter(({ length }) => length === 1).flat(),
    unsure: alike.filter(({ length }) => length > 1),
  };
}

/** The different ones among the nearest, always in the same order. */
function formsOf(alike: readonly Found[], place: Site): Resource[] {
  const best = alike.reduce((most, { target }) => Math.max(most, nearness(target, place)), -Infinity);
  const near = alike.filter(({ target }) => nearness(target, place) === best);
  const forms = new Map(
    near.toReversed().map(({ resource }) => [JSON.stringify(contents(resource)), resource] as const),
  );
  return [...forms].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, resource]) => resource);
}

function nearness(target: Target, { cluster, environment }: Site): number {
  return (target.cluster === cluster ? 2 : 0) + (target.environment === environment ? 1 : 0);
}
