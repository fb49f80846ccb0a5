import type { Location } from '../../model/finding.ts';
import { count } from '../words.ts';
import { code, fileUrl, htmlCode } from './escape.ts';

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

/**
 * Targets by name, the first few of many, with the number of all:
 * `apps/myapp/overlays/{production, staging}` where they share a folder.
 */
export function targetNames(
  targets: readonly string[],
  options: { most?: number; html?: boolean } = {},
): string {
  const { most = 3, html = false } = options;
  const write = html ? htmlCode : code;
  const shown = targets.slice(0, most);
  const folder = commonFolder(shown);
  const names =
    shown.length > 1 && folder !== ''
      ? write(`${folder}{${shown.map((target) => target.slice(folder.length)).join(', ')}}`)
      : shown.map((target) => write(target)).join(', ');
  const more = targets.length - shown.length;
  return more > 0 ? `${names} and ${count(more, 'more target')}` : names;
}

/** The folders that all paths start with, with the last slash. */
function commonFolder(paths: readonly string[]): string {
  const [folders = [], ...others] = paths.map((path) => path.split('/').slice(0, -1));
  const different = folders.findIndex((folder, index) => others.some((other) => other[index] !== folder));
  const common = different < 0 ? folders : folders.slice(0, different);
  return common.map((folder) => `${folder}/`).join('');
}
