import { isObject, type ManifestObject, type ManifestValue, textAt } from './manifest.ts';

/** What identifies a resource in a cluster, with its version, as Kubernetes names it. */
export interface ResourceId {
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** `null` where the manifest gives none (cluster-scoped, or the operator's default). */
  readonly namespace: string | null;
  readonly name: string;
}

/** One resource of a rendered manifest. */
export interface Resource extends ResourceId {
  /** Position of the rendered object it stands in, from 0; resources of an opened List share it. */
  readonly index: number;
  /** The rendered object; Secret values are replaced. */
  readonly manifest: ManifestObject;
}

/** A resource's identity without the rest of it. */
export function idOnly({ group, version, kind, namespace, name }: ResourceId): ResourceId {
  return { group, version, kind, namespace, name };
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(id: Pick<ResourceId, 'group' | 'version'>): string {
  return id.group === '' ? id.version : `${id.group}/${id.version}`;
}

/** What findings and tables name a resource by. */
export type ResourceName = Pick<ResourceId, 'kind' | 'namespace' | 'name'>;

/** The parts of a resource's identity that {@link describeResource} names it by. */
export function nameOnly({ kind, namespace, name }: ResourceName): ResourceName {
  return { kind, namespace, name };
}

/** `Deployment myapp-production/myapp`, as findings and tables name a resource. */
export function describeResource(id: ResourceName): string {
  return `${id.kind} ${id.namespace === null ? '' : `${id.namespace}/`}${id.name}`;
}

/** Identity without the version: the same object may be served by several versions. */
export function identityOf(id: ResourceId): string {
  return [id.group, id.kind, id.namespace ?? '', id.name].join('/');
}

/** The hash that kustomize appends to the names of what its generators make, with its dash; the source of an expression. */
export const HASH_SUFFIX = '-[2456789bcdfghkmt]{10}';

const HASHED = new RegExp(`${HASH_SUFFIX}$`);

/**
 * A name without the hash suffix of kustomize's generators: ten characters of hex with
 * 0, 1, 3, a, e replaced by g, h, k, m, t.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go
 */
export function withoutHash(name: string): string {
  return name.replace(HASHED, '');
}

/**
 * Rendered objects as resources, in order. Opens List kinds (`kind: List` and `...List`
 * with `items`), as `kubectl apply` does. An object without kind or name still becomes a
 * resource, with empty text there, so that the schema check can say so.
 */
export function toResources(objects: readonly ManifestValue[]): Resource[] {
  return objects.flatMap((object, index) =>
    openList(object).map((manifest) => ({ ...idOf(manifest), index, manifest })),
  );
}

/** The identity that a manifest states. */
export function idOf(manifest: ManifestObject): ResourceId {
  const apiVersion = textAt(manifest, ['apiVersion']) ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: textAt(manifest, ['kind']) ?? '',
    namespace: textAt(manifest, ['metadata', 'namespace']) ?? null,
    name: textAt(manifest, ['metadata', 'name']) ?? textAt(manifest, ['metadata', 'generateName']) ?? '',
  };
}

function openList(value: ManifestValue): ManifestObject[] {
  if (!isObject(value)) return [];
  const { kind, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items))
    return items.flatMap(openList);
  return [value];
}
