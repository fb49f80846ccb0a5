import type { Location } from '../../model/finding.ts';
import { code, fileUrl } from './escape.ts';

/** Where the reviewed files can be read; without it, places are named and not linked. */
export interface Links {
  /** Such as `https://github.com/acme/gitops`; of a fork's head, the fork's. */
  readonly repositoryUrl?: string | undefined;
}

/** A place in a file of the head, linked where the repository's address is known. */
export function placeLink(location: Location, head: string, { repositoryUrl }: Links): string {
  const text = code(`${location.path}:${location.startLine}`);
  return repositoryUrl === undefined ? text : `[${text}](${fileUrl({ repositoryUrl, head }, location)})`;
}

/** Targets by name, the first few of many, with the number of all. */
export function targetNames(targets: readonly string[], most = 3): string {
  const names = targets.slice(0, most).map((target) => code(target));
  const more = targets.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
