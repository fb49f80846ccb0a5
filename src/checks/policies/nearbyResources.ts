import type { ManifestValue } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { Rendering } from '../../model/rendering.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { confinedTo } from './confinedTo.ts';
import { namespacesOf } from './namespacesOf.ts';
import { type Entry, type NearbyResources, NearbyView, placesOf, type Shared } from './nearbyView.ts';
import { relevantPartOf } from './relevantPart.ts';
import { maySameSite, renderingsBySite } from './sites.ts';
import { sourceKey } from './sourceKey.ts';

/** What is known of a commit's targets besides what they render. */
export interface AroundTargets {
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, Pick<OperatorRecord, 'ignores' | 'confinedTo'>>;
  /** Targets that did not render at the commit it is compared with: what is missing here may be there. */
  readonly unknown?: readonly Target[];
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
  const on = renderingsBySite(renderings);
  const viewOf = (target: Target): NearbyResources => {
    const key = JSON.stringify([target.cluster, target.environment]);
    const there = shared.get(key) ?? sharedBy(target, on(target), around);
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
    return new NearbyView(about, namespaces, there);
  };
  return (target) => {
    const view = views.get(target.id) ?? viewOf(target);
    views.set(target.id, view);
    return view;
  };
}

function sharedBy(
  site: Target,
  there: readonly Rendering[],
  { declared, unknown = [] }: AroundTargets,
): Shared {
  const mayShare = (target: Target) => maySameSite(target, site);
  const lacking = [
    ...there.filter(({ status }) => status === 'failed').map(({ target }) => target),
    ...unknown.filter(mayShare),
  ];
  const namespaces = lacking.map((target) => confinedTo(target, declared.get(target.id)));
  const entries = there.flatMap((rendering) =>
    rendering.status === 'failed'
      ? []
      : rendering.resources.flatMap((resource) => entryOf(resource, rendering.target)),
  );
  return {
    entries,
    places: placesOf(entries),
    unknown: [...new Set(namespaces)],
    texts: new Map(),
    alike: new Map(),
  };
}

function entryOf(resource: Resource, target: Target): Entry[] {
  const { kind, name, namespace } = resource;
  const contents = relevantPart(resource);
  if (contents === null) return [];
  // A custom resource may be one that stands in no namespace, and makes things in all.
  const given = namespace ?? (contents === resource.manifest ? '' : defaultOf(target));
  return [{ kind, name, namespace: isCopied(resource) ? '' : given, contents }];
}

/** One object for each resource, by which it is known again at the other commit. */
const PARTS = new WeakMap<Resource, ManifestValue>();

function relevantPart(resource: Resource): ManifestValue {
  const known = PARTS.get(resource);
  if (known !== undefined) return known;
  const part = relevantPartOf(resource);
  PARTS.set(resource, part);
  return part;
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
