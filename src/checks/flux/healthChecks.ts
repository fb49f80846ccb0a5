import type { Violation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import type { AwaitedResource, OperatorRecord } from '../../model/operatorRecord.ts';
import type { Rendering } from '../../model/rendering.ts';
import { describeResource, nameOnly, type ResourceId, type ResourceName } from '../../model/resource.ts';

const RULE = 'flux/health-check';

type DeclaringObject = Pick<OperatorRecord, 'object' | 'waitsFor' | 'confinedTo'>;

/**
 * `healthChecks` of Kustomizations that wait for what nothing in the repository makes: the
 * Kustomization itself, another of its cluster, or a HelmRelease. A warning, as a controller
 * in the cluster may make it. Not told where a HelmRelease of that namespace does not render.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#health-checks
 * @param declared what the objects that declare targets say of them, by target id.
 */
export function checkHealthChecks(
  renderings: readonly Rendering[],
  declared: ReadonlyMap<string, DeclaringObject>,
): ObjectViolation[] {
  return renderings.flatMap(({ status, target: { id, cluster } }) => {
    const record = declared.get(id);
    if (status !== 'rendered' || record === undefined || record.waitsFor.length === 0) return [];
    const { object, waitsFor } = record;
    const there = renderings.filter(({ target }) => target.cluster === cluster);
    return waitsFor
      .filter(({ resource }) => !isThere(resource, there) && !mayBeIn(resource, there, declared))
      .map((awaited) => ({ object, violation: violationOf(object, awaited) }));
  });
}

function violationOf(
  { resource }: FoundObject,
  { resource: awaited, fieldPath }: AwaitedResource,
): Violation {
  const about = { ...nameOnly(awaited), waiting: `${resource.kind} ${resource.name}` };
  return { rule: RULE, severity: 'warning', message: neverReady(about), about, fieldPath };
}

function neverReady(about: ResourceName & { readonly waiting: string }): string {
  return `${describeResource(about)} is rendered by nothing in the repository: unless the cluster makes it, ${about.waiting} never becomes ready`;
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
  declared: ReadonlyMap<string, DeclaringObject>,
): boolean {
  return renderings.some(({ status, target }) => {
    if (status === 'rendered' || target.kind !== 'HelmRelease') return false;
    const namespace = declared.get(target.id)?.confinedTo ?? null;
    return check.namespace === null || namespace === null || namespace === check.namespace;
  });
}
