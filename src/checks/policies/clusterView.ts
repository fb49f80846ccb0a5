import { isObject, type ManifestValue } from '../../model/manifest.ts';
import type { Rendering } from '../../model/rendering.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import { renderingsBySite } from './sites.ts';

/** What rules for all resources of a target see of the cluster as `data.hydrant.cluster`. */
export interface ClusterView {
  /** JSON: `{"name", "complete", "resources": {<kind>: {<name>: [{"target", "contents"}]}}}`. */
  readonly text: string;
}

/**
 * Tells for each target what a commit applies, or may apply, to its cluster: the resources of
 * all targets (this one among them) that are not known to be of another cluster or
 * environment. It is complete where the cluster is known and each of those targets rendered;
 * what stands in no Git repository is never in it.
 * @param renderings all targets of the commit.
 */
export function clusterViews(renderings: readonly Rendering[]): (target: Target) => ClusterView {
  const known = new Map<string, ClusterView>();
  const on = renderingsBySite(renderings);
  return (target) => {
    const key = JSON.stringify([target.cluster, target.environment]);
    const view = known.get(key) ?? viewOf(target, on(target));
    known.set(key, view);
    return view;
  };
}

function viewOf({ cluster }: Target, there: readonly Rendering[]): ClusterView {
  const complete = cluster !== null && there.every(({ status }) => status === 'rendered');
  return { text: JSON.stringify({ name: cluster, complete, resources: resourcesOf(there) }) };
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
