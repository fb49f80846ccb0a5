import { objectsAt } from '../../model/fields.ts';
import { groupBy } from '../../model/groupBy.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, textAt } from '../../model/manifest.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import {
  describeResource,
  identityOf,
  nameOnly,
  type Resource,
  type ResourceName,
} from '../../model/resource.ts';
import { clusterKey, isApplied } from '../ownership/owned.ts';
import { type Danger, dangerOf } from './danger.ts';

/** A host and path that an Ingress serves. */
interface Route {
  readonly target: RenderedTarget['target'];
  readonly resource: Resource;
  readonly fieldPath: FieldPath;
  readonly url: string;
}

/**
 * Hosts and paths that an Ingress of one operator's object begins to serve and that one of
 * another object served before, in the same cluster and class: from then on requests go to
 * either, or to the new one.
 */
export function takenHosts(base: readonly RenderedTarget[], head: readonly RenderedTarget[]): Danger[] {
  const [before, after] = [routesOf(base), routesOf(head)];
  return [...after].flatMap(([key, routes]) => {
    const known = before.get(key) ?? [];
    return routes
      .filter(({ target }) => !known.some((route) => route.target.id === target.id))
      .flatMap((route) => takenFrom(route, known, routes));
  });
}

function takenFrom(route: Route, known: readonly Route[], now: readonly Route[]): Danger[] {
  const [owner] = known.filter(({ resource }) => !isSame(resource, route.resource));
  if (owner === undefined) return [];
  const { target, resource, fieldPath, url } = route;
  const about = {
    ...nameOnly(resource),
    url,
    ownerKind: owner.resource.kind,
    ownerNamespace: owner.resource.namespace,
    ownerName: owner.resource.name,
    owner: owner.target.id,
    stays: now.some((one) => one.target.id === owner.target.id),
  };
  return [
    dangerOf({ target, head: resource }, { rule: 'host-taken', message: takes(about), about, fieldPath }),
  ];
}

type Taken = ResourceName & {
  /** Host and path. */
  readonly url: string;
  /** What served it before, and the target that has it. */
  readonly ownerKind: string;
  readonly ownerNamespace: string | null;
  readonly ownerName: string;
  readonly owner: string;
  /** Whether it still does. */
  readonly stays: boolean;
};

function takes(about: Taken): string {
  const { url, ownerKind: kind, ownerNamespace: namespace, ownerName: name, owner, stays } = about;
  const whose = `${describeResource({ kind, namespace, name })} of ${owner}`;
  const effect = stays
    ? `${whose} serves it as well, and the ingress controller decides which of them gets the requests`
    : `its requests go no longer to ${whose}`;
  return `${describeResource(about)} takes ${url}: ${effect}`;
}

/** An Ingress that only changes hands takes nothing. */
function isSame(one: Resource, other: Resource): boolean {
  return identityOf(one) === identityOf(other);
}

function routesOf(renderings: readonly RenderedTarget[]): Map<string, Route[]> {
  const routes = renderings
    .filter(({ target }) => isApplied(target))
    .flatMap(({ target, resources }) =>
      resources.filter(isIngress).flatMap((resource) =>
        pathsOf(resource).map(({ fieldPath, url }) => ({
          key: JSON.stringify([clusterKey(target), classOf(resource), url]),
          route: { target, resource, fieldPath, url },
        })),
      ),
    );
  const groups = groupBy(routes, ({ key }) => key);
  return new Map([...groups].map(([key, group]) => [key, group.map(({ route }) => route)]));
}

function isIngress({ group, kind }: Resource): boolean {
  return group === 'networking.k8s.io' && kind === 'Ingress';
}

function classOf({ manifest }: Resource): string {
  return (
    textAt(manifest, Kind.Ingress('spec', 'ingressClassName')) ??
    textAt(manifest, ['metadata', 'annotations', 'kubernetes.io/ingress.class']) ??
    ''
  );
}

function pathsOf({ manifest }: Resource): { fieldPath: FieldPath; url: string }[] {
  return objectsAt(manifest, Kind.Ingress('spec', 'rules')).flatMap((rule, index) => {
    const host = textAt(rule, ['host']);
    if (host === undefined) return [];
    const paths = objectsAt(rule, ['http', 'paths']).map((path) => textAt(path, ['path']) ?? '/');
    const fieldPath = Kind.Ingress('spec', 'rules', index, 'host');
    return [...new Set(paths)].map((path) => ({ fieldPath, url: `${host.toLowerCase()}${path}` }));
  });
}
