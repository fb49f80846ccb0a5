import type { FoundObject } from '../../model/foundObject.ts';
import { isObject, type ManifestValue } from '../../model/manifest.ts';
import type { Rendering } from '../../model/rendering.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { confinedTo } from './confinedTo.ts';
import { sourceKey } from './sourceKey.ts';

/** What rules for all resources of a target see of the cluster as `data.hydrant.cluster`. */
export interface ClusterView {
  /**
   * JSON: `{"name", "complete", "unknown": [<namespace or null>], "resources": {<kind>: {<name>:
   * [{"target", "contents"}]}}, "targets": {<id>: {"kind", "path", "environment", "rendered",
   * "object"}}}`. What did not render may hold anything in the namespaces that are `unknown`, and
   * in all of them where one is null.
   */
  readonly text: string;
  /** JSON, as `data.hydrant.targets`: what each target of the commit is made from, see {@link sourceKey}. */
  readonly targets: string;
}

/** What is known of a commit's targets besides what they render. */
export interface AroundTargets {
  /** The objects that declare targets, by target id. */
  readonly declared: ReadonlyMap<string, FoundObject>;
  /** Targets that count as not rendered: those whose state at the commit it is compared with nobody knows. */
  readonly unknown?: ReadonlySet<string>;
}

/**
 * Tells for each target what a commit applies, or may apply, to its cluster: the resources of
 * all targets (this one among them) that are not known to be of another cluster or
 * environment. It is complete where the cluster is known and each of those targets rendered;
 * what stands in no Git repository is never in it.
 * @param renderings all targets of the commit.
 */
export function clusterViews(
  renderings: readonly Rendering[],
  around: AroundTargets = { declared: new Map() },
): (target: Target) => ClusterView {
  const known = new Map<string, ClusterView>();
  const targets = JSON.stringify(
    Object.fromEntries(renderings.map(({ target }) => [target.id, madeFrom(target)])),
  );
  return (target) => {
    const key = JSON.stringify([target.cluster, target.environment]);
    const view = known.get(key) ?? { text: textOf(target, renderings, around), targets };
    known.set(key, view);
    return view;
  };
}

function textOf(
  { cluster, environment }: Target,
  renderings: readonly Rendering[],
  around: AroundTargets,
): string {
  const there = renderings.filter(
    ({ target }) => maySame(target.cluster, cluster) && maySame(target.environment, environment),
  );
  const isKnown = ({ status, target }: Rendering) =>
    status === 'rendered' && around.unknown?.has(target.id) !== true;
  const lacking = there.filter((rendering) => !isKnown(rendering));
  return JSON.stringify({
    name: cluster,
    complete: cluster !== null && lacking.length === 0,
    unknown: lacking.map(({ target }) => confinedTo(target, around.declared.get(target.id))),
    resources: resourcesOf(there),
    targets: Object.fromEntries(
      there.map(({ target, status }) => {
        const { kind, path, environment: of } = target;
        const object = around.declared.get(target.id)?.resource.manifest ?? null;
        return [target.id, { kind, path, environment: of, rendered: status === 'rendered', object }];
      }),
    ),
  });
}

function madeFrom({ kind, path, cluster, environment, source }: Target): object {
  return { kind, path, cluster, environment, source: sourceKey(source) };
}

/** By kind and name, which is how rules look for them. */
function resourcesOf(renderings: readonly Rendering[]): object {
  const kinds = new Map<string, Map<string, object[]>>();
  for (const rendering of renderings) {
    if (rendering.status === 'failed') continue;
    for (const resource of rendering.resources) {
      const names = kinds.get(resource.kind) ?? new Map<string, object[]>();
      kinds.set(resource.kind, names);
      const alike = names.get(resource.name) ?? [];
      names.set(resource.name, alike);
      alike.push({ target: rendering.target.id, contents: contentsOf(resource) });
    }
  }
  return Object.fromEntries([...kinds].map(([kind, names]) => [kind, Object.fromEntries(names)]));
}

/** Where one is not known, they may be the same. */
function maySame(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}

/** Without the two things that are large and that no other resource refers to. */
function contentsOf({ group, kind, manifest }: Resource): ManifestValue {
  if (group === '' && kind === 'ConfigMap') {
    return { ...manifest, ...emptied(manifest, 'data'), ...emptied(manifest, 'binaryData') };
  }
  if (kind !== 'CustomResourceDefinition') return manifest;
  const { spec } = manifest;
  if (!isObject(spec) || !Array.isArray(spec['versions'])) return manifest;
  const versions = spec['versions'].map((version) =>
    isObject(version) ? { ...version, schema: {} } : version,
  );
  return { ...manifest, spec: { ...spec, versions } };
}

function emptied(manifest: Resource['manifest'], field: string): Resource['manifest'] {
  const texts = manifest[field];
  if (!isObject(texts)) return {};
  return { [field]: Object.fromEntries(Object.keys(texts).map((name) => [name, ''])) };
}
