import type { ManifestValue } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { Rendering } from '../../model/rendering.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { confinedTo } from './confinedTo.ts';
import { namespacesOf } from './namespacesOf.ts';
import { relevantPartOf } from './relevantPart.ts';
import { sourceKey } from './sourceKey.ts';

/** What the built-in rules for all resources of a target see around it, as `data.hydrant.near`. */
export interface NearbyResources {
  /**
   * JSON: the target's `kind`, the `namespace` of what states none, the differences
   * that its operator `ignores`, the environments whose targets are made of the same (`alike`); the namespaces that
   * something which did not render may stand in (`unknown`, null for any); and the `resources`
   * by kind and name, a list of `{"namespace", "contents"}`: of the target's namespaces, on its
   * cluster, as far as rules look at them.
   */
  readonly text: string;
}

/** What is known of a commit's targets besides what they render. */
export interface AroundTargets {
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, Pick<OperatorRecord, 'ignores' | 'confinedTo'>>;
  /** Targets that did not render at the commit it is compared with: what is missing here may be there. */
  readonly unknown?: readonly Target[];
}

interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly contents: ManifestValue;
}

/** What targets of one cluster share. */
interface Shared {
  readonly entries: readonly Entry[];
  readonly unknown: readonly (string | null)[];
  /** JSON of resources, by the namespaces that are asked for. */
  readonly texts: Map<string, string>;
}

/**
 * Tells what is around each target. Targets are on one cluster unless they are known not to be.
 * @param renderings all targets of the commit.
 */
export function nearbyResources(
  renderings: readonly Rendering[],
  around: AroundTargets,
): (target: Target) => NearbyResources {
  const shared = new Map<string, Shared>();
  const views = new Map<string, NearbyResources>();
  const byId = new Map(renderings.map((rendering) => [rendering.target.id, rendering]));
  const alike = alikeOf(renderings);
  const viewOf = (target: Target): NearbyResources => {
    const key = JSON.stringify([target.cluster, target.environment]);
    const there = shared.get(key) ?? sharedBy(target, renderings, around);
    shared.set(key, there);
    const own = byId.get(target.id);
    const namespaces = own?.status === 'rendered' ? namespacesOf(own.resources, defaultOf(target)) : [];
    const about = JSON.stringify({
      kind: target.kind,
      namespace: defaultOf(target),
      ignores: around.declared.get(target.id)?.ignores ?? null,
      alike: alike(target),
      unknown: there.unknown,
    });
    return { text: `${about.slice(0, -1)},"resources":${resourcesIn(namespaces, there)}}` };
  };
  return (target) => {
    const view = views.get(target.id) ?? viewOf(target);
    views.set(target.id, view);
    return view;
  };
}

function sharedBy(
  { cluster, environment }: Target,
  renderings: readonly Rendering[],
  { declared, unknown = [] }: AroundTargets,
): Shared {
  const mayShare = (target: Target) =>
    maySame(target.cluster, cluster) && maySame(target.environment, environment);
  const there = renderings.filter(({ target }) => mayShare(target));
  const lacking = [
    ...there.filter(({ status }) => status === 'failed').map(({ target }) => target),
    ...unknown.filter(mayShare),
  ];
  const namespaces = lacking.map((target) => confinedTo(target, declared.get(target.id)));
  return {
    entries: there.flatMap((rendering) =>
      rendering.status === 'failed'
        ? []
        : rendering.resources.flatMap((resource) => entryOf(resource, rendering.target)),
    ),
    unknown: [...new Set(namespaces)],
    texts: new Map(),
  };
}

/** Where one is not known, they may be the same. */
function maySame(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

function entryOf(resource: Resource, target: Target): Entry[] {
  const { kind, name, namespace } = resource;
  const contents = relevantPartOf(resource);
  if (contents === null) return [];
  // A custom resource may be one that stands in no namespace, and makes things in all.
  const given = namespace ?? (contents === resource.manifest ? '' : defaultOf(target));
  return [{ kind, name, namespace: isCopied(resource) ? '' : given, contents }];
}

/** Its copies are made in other namespaces, under the same name. */
function isCopied({ manifest }: Resource): boolean {
  const { metadata } = manifest;
  return /"annotations":\{[^}]*(?:reflect|replicat)/.test(JSON.stringify(metadata ?? null));
}

/** The namespace of a release's resources that state none; empty where it is not known. */
function defaultOf({ source }: Target): string {
  return source.tool === 'helm' ? source.namespace : '';
}

/** By kind and name, which is how rules look for them. An empty namespace may be any. */
function resourcesIn(namespaces: readonly string[], { entries, texts }: Shared): string {
  const anywhere = namespaces.includes('');
  const key = anywhere ? '' : JSON.stringify(namespaces);
  const known = texts.get(key);
  if (known !== undefined) return known;
  const wanted = new Set([...namespaces, '']);
  const kinds = new Map<string, Map<string, object[]>>();
  for (const { kind, name, namespace, contents } of entries) {
    if (!anywhere && !wanted.has(namespace)) continue;
    const names = kinds.get(kind) ?? new Map<string, object[]>();
    kinds.set(kind, names);
    names.set(name, [...(names.get(name) ?? []), { namespace, contents }]);
  }
  const text = JSON.stringify(
    Object.fromEntries([...kinds].map(([kind, names]) => [kind, Object.fromEntries(names)])),
  );
  texts.set(key, text);
  return text;
}

/** The other environments whose targets of the same kind are made of the same files and inputs. */
function alikeOf(renderings: readonly Rendering[]): (target: Target) => string[] {
  const groups = new Map<string, Set<string>>();
  for (const { target } of renderings) {
    const key = madeOf(target);
    if (key === null || target.environment === null) continue;
    groups.set(key, (groups.get(key) ?? new Set()).add(target.environment));
  }
  return (target) => {
    const key = madeOf(target);
    const environments = key === null ? [] : [...(groups.get(key) ?? [])];
    return environments.filter((name) => name !== target.environment).toSorted();
  };
}

function madeOf({ kind, source }: Target): string | null {
  const key = sourceKey(source);
  return key === null ? null : `${kind} ${key}`;
}
