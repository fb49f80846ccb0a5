import { RE2JS } from 're2js';
import { gobwasMatcher, type Matcher } from '../../dialects/glob.ts';
import { textsAt } from '../../model/fields.ts';
import type { Violation } from '../../model/finding.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { refused } from './refused.ts';

/**
 * Applications outside of the project's own namespace need its leave.
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/app_project_types.go (IsAppNamespacePermitted)
 */
export function namespaceViolations({ resource }: FoundObject, project: FoundObject): Violation[] {
  const { namespace } = resource;
  if (namespace === null || namespace === (project.resource.namespace ?? 'argocd')) return [];
  const patterns = textsAt(project.resource.manifest, Kind.AppProject('spec', 'sourceNamespaces'));
  if (patterns.some((pattern) => matcherOf(pattern)(namespace))) return [];
  const by = { field: 'sourceNamespaces', fieldPath: ['metadata', 'namespace'] };
  return [refused(project, { what: 'applications', namespace }, by)];
}

/** What stands between slashes is a regular expression. */
function matcherOf(pattern: string): Matcher {
  if (pattern.length < 3 || !pattern.startsWith('/') || !pattern.endsWith('/')) return gobwasMatcher(pattern);
  try {
    const expression = RE2JS.compile(pattern.slice(1, -1));
    return (text) => expression.matcher(text).find();
  } catch {
    // Argo CD's regular expressions can do more than RE2. One that RE2 cannot read refuses nothing.
    return () => true;
  }
}
