import { flagAt, listAt } from '../../model/fields.ts';
import type { Violation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { Rendering } from '../../model/rendering.ts';
import {
  describeResource,
  idOf,
  nameOnly,
  type ResourceId,
  type ResourceName,
} from '../../model/resource.ts';

const RULE = 'flux/health-check';

/**
 * `healthChecks` of Kustomizations that wait for what nothing in the repository makes: the
 * Kustomization itself, another of its cluster, or a HelmRelease. A warning, as a controller
 * in the cluster may make it. Not told where a HelmRelease of that namespace does not render.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
 * @param declared the objects that declare targets, by target id.
 */
export function checkHealthChecks(
  renderings: readonly Rendering[],
  declared: ReadonlyMap<string, FoundObject>,
): ObjectViolation[] {
  return renderings.flatMap((rendering) => {
    const object = declared.get(rendering.target.id);
    if (rendering.status !== 'rendered' || rendering.target.kind !== 'Kustomization' || object === undefined)
      return [];
    // With `wait`, what is in `healthChecks` does not count.
    if (flagAt(object.resource.manifest, Kind.Kustomization('spec', 'wait'))) return [];
    const cluster = renderings.filter(({ target }) => target.cluster === rendering.target.cluster);
    return checksOf(object)
      .filter(({ check }) => !isThere(check, cluster) && !mayBeIn(check, cluster, declared))
      .map(({ index, check }) => ({ object, violation: violationOf(object, check, index) }));
  });
}

function violationOf({ resource }: FoundObject, check: ResourceId, index: number): Violation {
  const about = { ...nameOnly(check), kustomization: resource.name };
  const fieldPath = Kind.Kustomization('spec', 'healthChecks', index, 'name');
  return { rule: RULE, severity: 'warning', message: neverReady(about), about, fieldPath };
}

function neverReady(about: ResourceName & { readonly kustomization: string }): string {
  return `${describeResource(about)} is rendered by nothing in the repository: unless the cluster makes it, Kustomization ${about.kustomization} never becomes ready`;
}

/** A check has kind, name and namespace where objects have metadata. */
function checksOf({ resource }: FoundObject): { readonly index: number; readonly check: ResourceId }[] {
  return listAt(resource.manifest, Kind.Kustomization('spec', 'healthChecks')).flatMap((item, index) =>
    isObject(item) ? [{ index, check: checkOf(item) }] : [],
  );
}

function checkOf(item: ManifestObject): ResourceId {
  const { group, version } = idOf(item);
  return {
    group,
    version,
    kind: textAt(item, ['kind']) ?? '',
    namespace: textAt(item, ['namespace']) ?? null,
    name: textAt(item, ['name']) ?? '',
  };
}

/** Versions do not count, and without apiVersion neither does the group. */
function isThere(check: ResourceId, renderings: readonly Rendering[]): boolean {
  return renderings.some(
    (rendering) =>
      rendering.status === 'rendered' &&
      rendering.resources.some(
        ({ group, kind, namespace, name }) =>
          kind === check.kind &&
          name === check.name &&
          (check.version === '' || group === check.group) &&
          (check.namespace === null || namespace === null || namespace === check.namespace),
      ),
  );
}

/** Whether a HelmRelease that did not render may have it. */
function mayBeIn(
  check: ResourceId,
  renderings: readonly Rendering[],
  declared: ReadonlyMap<string, FoundObject>,
): boolean {
  return renderings.some(({ status, target }) => {
    if (status === 'rendered' || target.kind !== 'HelmRelease') return false;
    const release = declared.get(target.id)?.resource;
    const namespace =
      textAt(release?.manifest, Kind.Kustomization('spec', 'targetNamespace')) ?? release?.namespace ?? null;
    return check.namespace === null || namespace === null || namespace === check.namespace;
  });
}
