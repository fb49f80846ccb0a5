import { gobwasMatcher } from '../../dialects/glob.ts';
import { objectAt, objectsAt, textsAt } from '../../model/fields.ts';
import type { Violation } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, type ManifestObject, textAt } from '../../model/manifest.ts';
import { shownAddress } from '../../model/remoteInputs.ts';
import { isDenial, refused } from './refused.ts';

/** The repositories of an Application's sources that its project does not permit. */
export function sourceViolations({ resource }: FoundObject, project: FoundObject): Violation[] {
  const permitted = textsAt(project.resource.manifest, Kind.AppProject('spec', 'sourceRepos'));
  return sourcesOf(resource.manifest).flatMap(({ source, fieldPath }) => {
    const url = textAt(source, ['repoURL']) ?? '';
    if (url === '' || isSourcePermitted(url, permitted)) return [];
    const what = { what: 'repository', repository: shownAddress(url) } as const;
    return [refused(project, what, { field: 'sourceRepos', fieldPath: [...fieldPath, 'repoURL'] })];
  });
}

/** As Argo CD looks at them: what a bot hydrates before `sources` before `source`. */
function sourcesOf(manifest: ManifestObject): { source: ManifestObject; fieldPath: FieldPath }[] {
  const dry = objectAt(manifest, Kind.Application('spec', 'sourceHydrator', 'drySource'));
  if (dry !== undefined) {
    const hydrator: FieldPath = Kind.Application('spec', 'sourceHydrator');
    const synced = objectAt(manifest, [...hydrator, 'syncSource']) ?? {};
    return [
      { source: dry, fieldPath: [...hydrator, 'drySource'] },
      { source: synced, fieldPath: [...hydrator, 'syncSource'] },
    ];
  }
  const sources = objectsAt(manifest, Kind.Application('spec', 'sources'));
  if (sources.length > 0)
    return sources.map((source, index) => ({
      source,
      fieldPath: Kind.Application('spec', 'sources', index),
    }));
  return [
    {
      source: objectAt(manifest, Kind.Application('spec', 'source')) ?? {},
      fieldPath: Kind.Application('spec', 'source'),
    },
  ];
}

/**
 * Whether a project takes a repository: one pattern must match, and no `!` pattern.
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/app_project_types.go (IsSourcePermitted)
 */
export function isSourcePermitted(url: string, patterns: readonly string[]): boolean {
  const wanted = normalized(url);
  let permitted = false;
  for (const pattern of patterns) {
    if (isDenial(pattern)) {
      if (gobwasMatcher(normalized(pattern.slice(1)), '/')(wanted)) return false;
      // As in Argo CD, what a denial does not mean it permits.
      permitted = true;
    } else if (pattern === '*' || gobwasMatcher(normalized(pattern), '/')(wanted)) {
      permitted = true;
    }
  }
  return permitted;
}

/**
 * Argo CD compares addresses so, and not by what they lead to.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/git/git.go (NormalizeGitURL)
 */
function normalized(url: string): string {
  const text = url.trim().toLowerCase();
  const scp = /^[^/:]*@[^@]+$/.test(text) ? text.replace(':', '/') : text;
  return scp.replace(/\.git$/, '').replace(/^ssh:\/\//, '');
}
