import type { FoundObject } from '../../model/foundObject.ts';

/**
 * The projects that an Application may be in: those of the name where Argo CD runs that reads
 * the Application, or all of the name where one's place is not known.
 */
export function projectsNamed(
  name: string,
  application: FoundObject,
  objects: readonly FoundObject[],
): FoundObject[] {
  const named = objects.filter(
    ({ resource }) =>
      resource.group === 'argoproj.io' && resource.kind === 'AppProject' && resource.name === name,
  );
  const same = named.filter((project) => placeOf(project) === placeOf(application));
  if (same.length > 0) return same;
  return named.filter((project) => placeOf(project) === null || placeOf(application) === null);
}

function placeOf({ cluster, environment }: FoundObject): string | null {
  return cluster ?? environment;
}
