import type { Finding } from '../model/finding.ts';
import { formatFieldPath } from '../model/manifest.ts';
import { describeResource } from '../model/resource.ts';
import { oneName } from './visible.ts';
import { someOf } from './words.ts';

/**
 * What a finding is about: the resource, then the field, as far as it has them. Of several
 * targets it goes without a namespace: overlays give a resource one each.
 */
export function subjectOf({ resource, fieldPath, targets }: Finding): string[] {
  const anywhere = resource === null || targets.length < 2 ? resource : { ...resource, namespace: null };
  return [
    ...(anywhere === null ? [] : [describeResource(anywhere)]),
    ...(fieldPath === null ? [] : [formatFieldPath(fieldPath)]),
  ];
}

/** `path:line: ` in front of what is said of a finding; nothing where it has no line. */
export function placeOf({ location }: Pick<Finding, 'location'>): string {
  return location === null ? '' : `${oneName(location.path)}:${location.startLine}: `;
}

/** What a finding is about, in which targets, and where copies of it stand, as plain text. */
export function detailsOf(finding: Finding): string[] {
  const { targets, otherLocations = [] } = finding;
  const places = otherLocations.map(({ path, startLine }) => `${path}:${startLine}`);
  return [
    ...subjectOf(finding),
    ...(targets.length === 0 ? [] : [`in ${someOf(targets)}`]),
    ...(places.length === 0 ? [] : [`also at ${someOf(places)}`]),
  ];
}
