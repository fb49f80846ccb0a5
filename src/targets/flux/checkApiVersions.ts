import type { ObjectViolation } from '../../model/foundObject.ts';
import { table } from '../../model/table.ts';
import { told } from '../../model/told.ts';
import { possibleMistake } from '../refusal.ts';
import type { FluxContext } from './fluxContext.ts';
import { GROUPS } from './knownObjects.ts';

/** Versions that Flux still knows or has known, by the version that takes their place. */
const REPLACED = table<{ readonly by: string; readonly versions: readonly string[] }>({
  [GROUPS.kustomize]: { by: 'v1', versions: ['v1beta1', 'v1beta2'] },
  [GROUPS.helm]: { by: 'v2', versions: ['v2beta1', 'v2beta2'] },
  [GROUPS.source]: { by: 'v1', versions: ['v1beta1', 'v1beta2'] },
  [GROUPS.image]: { by: 'v1', versions: ['v1beta1', 'v1beta2'] },
});

/** Says of objects of an older API version what to write instead. */
export function checkApiVersions({ objects }: FluxContext): ObjectViolation[] {
  return objects.flatMap((object) => {
    const { group, version, kind, name } = object.resource;
    const replaced = REPLACED[group];
    if (replaced === undefined || !replaced.versions.includes(version)) return [];
    const facts = { kind, name, group, version, by: replaced.by };
    const deprecated = told(
      'deprecated',
      facts,
    )`${'kind'} ${'name'} is of ${'group'}/${'version'}, which Flux has deprecated; use ${'group'}/${'by'}`;
    return [possibleMistake({ rule: 'flux/deprecated-api', object, fieldPath: ['apiVersion'] }, deprecated)];
  });
}
