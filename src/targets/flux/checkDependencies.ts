import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import { entriesAt, filledText } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { fullName, namespaceOf } from './knownObjects.ts';
import { isBootstrap, title } from './reference.ts';

/** One entry of an object's `dependsOn`. */
interface Dependency {
  readonly on: FoundObject;
  readonly index: number;
}

/**
 * Says what `dependsOn` of Kustomizations and HelmReleases waits for in vain: objects that do
 * not exist, and each other in a circle.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
 */
export function checkDependencies(context: FluxContext, objects: readonly FoundObject[]): void {
  const edges = new Map(objects.map((object) => [object, dependenciesOf(context, object)]));
  const told = new Set<FoundObject>();
  for (const start of objects) {
    const circle = circleFrom(start, edges);
    const [first] = circle;
    if (first === undefined || circle.some(({ on }) => told.has(on))) continue;
    for (const { on } of circle) told.add(on);
    const names = [start, ...circle.map(({ on }) => on)].map(({ resource }) => fullName(resource));
    context.notes.error(
      'flux/dependency-cycle',
      start,
      Kind.Kustomization('spec', 'dependsOn', first.index),
      `${start.resource.kind} ${names.join(' waits for ')}: none of them is ever applied`,
    );
  }
}

function dependenciesOf({ known, notes }: FluxContext, object: FoundObject): Dependency[] {
  const { resource } = object;
  return entriesAt(resource.manifest, Kind.Kustomization('spec', 'dependsOn')).flatMap(
    ({ index, item }): Dependency[] => {
      const wanted = {
        group: resource.group,
        kind: resource.kind,
        namespace: filledText(item, ['namespace']) ?? namespaceOf(resource),
        name: textAt(item, ['name']) ?? '',
      };
      const on = known.find(object, wanted);
      if (on !== undefined) return [{ on, index }];
      if (!isBootstrap(wanted)) {
        notes.error(
          'flux/reference',
          object,
          Kind.Kustomization('spec', 'dependsOn', index, 'name'),
          `${title(wanted)} does not exist in the repository: ${resource.kind} ${resource.name}, which depends on it, is never applied`,
        );
      }
      return [];
    },
  );
}

/** The shortest way from an object back to itself; empty where there is none. */
function circleFrom(
  start: FoundObject,
  edges: ReadonlyMap<FoundObject, readonly Dependency[]>,
): Dependency[] {
  const ways: Dependency[][] = (edges.get(start) ?? []).map((dependency) => [dependency]);
  const seen = new Set<FoundObject>();
  for (const way of ways) {
    const last = way.at(-1);
    if (last === undefined) continue;
    if (last.on === start) return way;
    if (seen.has(last.on)) continue;
    seen.add(last.on);
    // The list grows while it is walked: shorter ways come first.
    for (const next of edges.get(last.on) ?? []) ways.push([...way, next]);
  }
  return [];
}
