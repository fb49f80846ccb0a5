import { entriesAt } from '../../model/fields.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { told } from '../../model/told.ts';
import { mistake } from '../refusal.ts';
import { dependencyWanted } from './dependencyWanted.ts';
import type { FluxContext } from './fluxContext.ts';
import { fullName } from './knownObjects.ts';
import { isBootstrap, title } from './reference.ts';

/** One entry of an object's `dependsOn`. */
interface Dependency {
  readonly on: FoundObject;
  readonly index: number;
}

type Dependencies = ReadonlyMap<FoundObject, readonly Dependency[]>;

/**
 * Says what `dependsOn` of Kustomizations and HelmReleases waits for in vain: objects that do
 * not exist, and each other in a circle.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies
 */
export function checkDependencies(context: FluxContext, objects: readonly FoundObject[]): ObjectViolation[] {
  const found = objects.map((object) => [object, dependenciesOf(context, object)] as const);
  const edges = new Map(found.map(([object, { dependencies }]) => [object, dependencies]));
  return [...found.flatMap(([, { violations }]) => violations), ...circles(objects, edges)];
}

/** Each circle is reported once, on the first object in it. */
function circles(objects: readonly FoundObject[], edges: Dependencies): ObjectViolation[] {
  const inCircle = new Set<FoundObject>();
  return objects.flatMap((start) => {
    const circle = circleFrom(start, edges);
    const [first] = circle;
    if (first === undefined || circle.some(({ on }) => inCircle.has(on))) return [];
    for (const { on } of circle) inCircle.add(on);
    const names = [start, ...circle.map(({ on }) => on)].map(({ resource }) => fullName(resource));
    const { kind } = start.resource;
    const waiting = told('circle', {
      kind,
      names,
    })`${'kind'} ${(all) => all.names.join(' waits for ')}: none of them is ever applied`;
    const fieldPath = Kind.Kustomization('spec', 'dependsOn', first.index);
    return [mistake({ rule: 'flux/dependency-cycle', object: start, fieldPath }, waiting)];
  });
}

function dependenciesOf(
  { known }: FluxContext,
  object: FoundObject,
): { readonly dependencies: readonly Dependency[]; readonly violations: readonly ObjectViolation[] } {
  const { resource } = object;
  const dependencies: Dependency[] = [];
  const violations: ObjectViolation[] = [];
  for (const { index, item } of entriesAt(resource.manifest, Kind.Kustomization('spec', 'dependsOn'))) {
    const wanted = dependencyWanted(resource, item);
    const on = known.find(object, wanted);
    if (on !== undefined) dependencies.push({ on, index });
    else if (!isBootstrap(wanted)) {
      const missing = told('no-dependency', {
        wanted: title(wanted),
        dependent: `${resource.kind} ${resource.name}`,
      })`${'wanted'} does not exist in the repository: ${'dependent'}, which depends on it, is never applied`;
      const fieldPath = Kind.Kustomization('spec', 'dependsOn', index, 'name');
      const { namespace } = wanted;
      violations.push({
        ...mistake({ rule: 'flux/reference', object, fieldPath }, missing),
        absent: { namespace },
      });
    }
  }
  return { dependencies, violations };
}

/** The shortest way from an object back to itself; empty where there is none. */
function circleFrom(start: FoundObject, edges: Dependencies): Dependency[] {
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
