import type { FoundObject } from '../../model/foundObject.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import { GROUPS, type KnownObjects, type Wanted } from './knownObjects.ts';
import { CONVERTED } from './runtimeValues.ts';

/** Stands for the object whose data a copy has, where that object is not in the repository. */
export const UNKNOWN = 'unknown';

/** A copy of a copy, and so on: no operator follows more than one at a time, and none may go round for ever. */
const MOST_COPIES = 8;

/**
 * The ConfigMap or Secret of a name that has its data: for one that the Flux Operator copies from
 * another one, that other. Undefined where there is none.
 * https://fluxoperator.dev/docs/crd/resourceset/#copying-data-from-existing-resources
 */
export function dataHolder(
  known: KnownObjects,
  from: FoundObject,
  wanted: Wanted,
): FoundObject | typeof UNKNOWN | undefined {
  let found = known.find(from, wanted);
  for (let copies = 0; found !== undefined; copies++) {
    if (isConverted(found)) return UNKNOWN;
    const source = copySource(found.resource.manifest);
    if (source === null || !isOfSet(found)) return found;
    const next = copies < MOST_COPIES ? known.find(found, { ...wanted, ...source }) : undefined;
    if (next === undefined) return UNKNOWN;
    found = next;
  }
  return undefined;
}

/** What an object's data are copied from, as its annotation says; null where it says nothing. */
export function copySource(manifest: ManifestObject): Pick<Wanted, 'namespace' | 'name'> | null {
  const text = textAt(manifest, ['metadata', 'annotations', `${GROUPS.operator}/copyFrom`]);
  const [namespace, name] = text?.split('/') ?? [];
  return namespace === undefined || name === undefined ? null : { namespace, name };
}

/** Some of its data are filled in when the operator applies it. */
function isConverted(found: FoundObject): boolean {
  const converted = textAt(found.resource.manifest, ['metadata', 'annotations', CONVERTED]);
  return converted !== undefined && isOfSet(found);
}

/** The operator copies what its own sets make. */
function isOfSet({ place }: FoundObject): boolean {
  return place.in === 'rendering' && place.target.kind === 'ResourceSet';
}
