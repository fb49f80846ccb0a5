import { doublestarMatcher, gobwasMatcher, type Matcher } from '../dialects/glob.ts';
import type { SettingsException } from '../model/settings.ts';
import type { SingleFinding } from './mergeFindings.ts';

/**
 * Tells whether an exception of the settings is made for a finding.
 * @param folders of targets, by their ids.
 */
export function exceptionMatcher(
  { rule, resource, path, target }: SettingsException,
  folders: ReadonlyMap<string, string>,
): (finding: SingleFinding) => boolean {
  const isRule = ruleMatcher(rule);
  const isResource = resource === undefined ? null : resourceMatcher(resource);
  const isPath = path === undefined ? null : folderOrFileMatcher(path);
  const isTarget = target === undefined ? null : doublestarMatcher(target);
  return (finding) =>
    isRule(finding.rule) &&
    (isResource === null || isResource(finding.resource)) &&
    (isPath === null ||
      [finding.location?.path, folders.get(finding.target ?? '')].some(
        (one) => one !== undefined && isPath(one),
      )) &&
    (isTarget === null || (finding.target !== null && isTarget(finding.target)));
}

/** What keeps Hydrant from judging is never excepted, a Secret only where that is written out. */
function ruleMatcher(glob: string): Matcher {
  const matches = gobwasMatcher(glob, '/');
  const category = glob.split('/')[0] ?? '';
  return (rule) => {
    if (/^(?:render|settings|policy)\//.test(rule)) return false;
    return matches(rule) && (!rule.startsWith('secret/') || category === 'secret');
  };
}

function resourceMatcher(glob: string): (resource: SingleFinding['resource']) => boolean {
  const parts = glob.split('/').map((part) => gobwasMatcher(part));
  const [ofNamespace, ofKind, ofName] = parts.length === 3 ? parts : [() => true, ...parts];
  return (resource) =>
    resource !== null &&
    ofNamespace?.(resource.namespace ?? '') === true &&
    ofKind?.(resource.kind) === true &&
    ofName?.(resource.name) === true;
}

/** Matches files, and folders of targets: a glob of all below a folder, `apps/**`, is one of the folder too. */
function folderOrFileMatcher(glob: string): Matcher {
  const matches = doublestarMatcher(glob);
  return (path) => matches(path) || matches(`${path}/`);
}
