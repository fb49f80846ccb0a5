import { entriesAt, filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { dependencyWanted } from './dependencyWanted.ts';
import type { FluxContext } from './fluxContext.ts';
import { fullName } from './knownObjects.ts';
import { readReference, title } from './reference.ts';
import { whySuspended } from './suspended.ts';

/**
 * Why Flux applies no new revision to a Kustomization for what it depends on; null where it does. A
 * suspended one of the same source stays at its last revision, and those that depend on it wait for
 * the new one, as do those that depend on them. Of another source it stays ready, and `readyExpr` is
 * asked in place of that.
 * https://github.com/fluxcd/kustomize-controller/blob/main/internal/controller/kustomization_controller.go (checkDependencies)
 */
export function whyDependencyWaits(
  context: FluxContext,
  object: FoundObject,
  seen: Set<FoundObject> = new Set(),
): string | null {
  // Objects that wait for each other are a finding of their own, and of others one answer is enough.
  if (seen.has(object)) return null;
  seen.add(object);
  for (const on of dependenciesOf(context, object)) {
    const name = `Kustomization ${fullName(on.resource)}`;
    if (whySuspended(on.resource.manifest) !== null) {
      if (sourceOf(on) === sourceOf(object)) return `it depends on ${name}, which is suspended`;
    } else if (whyDependencyWaits(context, on, seen) !== null) {
      return `it depends on ${name}, which waits for a suspended one`;
    }
  }
  return null;
}

function dependenciesOf({ known }: FluxContext, object: FoundObject): FoundObject[] {
  const { resource } = object;
  return entriesAt(resource.manifest, Kind.Kustomization('spec', 'dependsOn'))
    .filter(({ item }) => filledText(item, Kind.Dependency('readyExpr')) === undefined)
    .flatMap(({ item }) => known.find(object, dependencyWanted(resource, item)) ?? []);
}

function sourceOf(object: FoundObject): string {
  return title(readReference(object, Kind.Kustomization('spec', 'sourceRef')));
}
