import type { FoundObject } from '../../model/foundObject.ts';
import type { ResourceId } from '../../model/resource.ts';

/** Flux's API groups. https://fluxcd.io/flux/components/ */
export const GROUPS = {
  kustomize: 'kustomize.toolkit.fluxcd.io',
  helm: 'helm.toolkit.fluxcd.io',
  source: 'source.toolkit.fluxcd.io',
  /** Of source-watcher. */
  extensions: 'source.extensions.fluxcd.io',
  image: 'image.toolkit.fluxcd.io',
  /** Of the Flux Operator. https://fluxoperator.dev/docs/ */
  operator: 'fluxcd.controlplane.io',
  notification: 'notification.toolkit.fluxcd.io',
} as const;

/** Where `flux bootstrap` puts Flux and its objects, and what it calls the first of them. */
export const BOOTSTRAP = 'flux-system';

/** What an object is looked up by. */
export interface Wanted {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The objects of a commit, to be found as an operator in the same cluster would find them. */
export class KnownObjects {
  readonly #byName = new Map<string, FoundObject[]>();
  readonly #byKind = new Map<string, FoundObject[]>();

  constructor(objects: readonly FoundObject[]) {
    for (const object of objects) {
      const { group, kind, name } = object.resource;
      add(this.#byKind, [group, kind], object);
      add(this.#byName, [group, kind, namespaceOf(object.resource), name], object);
    }
  }

  ofKind(group: string, kind: string): readonly FoundObject[] {
    return this.#byKind.get([group, kind].join('/')) ?? [];
  }

  /** The object of a name that another one refers to. */
  find(from: FoundObject, { group, kind, namespace, name }: Wanted): FoundObject | undefined {
    return nearest(from, this.#byName.get([group, kind, namespace, name].join('/')) ?? []);
  }
}

/**
 * Of objects the one that another one means: that of its cluster, or where one of the two
 * clusters is not known, of the same environment rather than of another.
 */
export function nearest(from: FoundObject, objects: readonly FoundObject[]): FoundObject | undefined {
  const possible = objects.filter(
    ({ cluster }) => cluster === from.cluster || cluster === null || from.cluster === null,
  );
  return (
    possible.find(({ cluster }) => cluster !== null && cluster === from.cluster) ??
    possible.find(({ environment }) => environment === from.environment) ??
    possible[0]
  );
}

/** An object's namespace; Flux's own where a plain file leaves it to the one who applies it. */
export function namespaceOf({ namespace }: Pick<ResourceId, 'namespace'>): string {
  return namespace ?? BOOTSTRAP;
}

/** `flux-system/apps`, as Flux's own messages name an object. */
export function fullName(resource: ResourceId): string {
  return `${namespaceOf(resource)}/${resource.name}`;
}

function add(index: Map<string, FoundObject[]>, key: readonly string[], object: FoundObject): void {
  const joined = key.join('/');
  const list = index.get(joined) ?? [];
  if (list.length === 0) index.set(joined, list);
  list.push(object);
}
