import { filledText, objectsAt, textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { IgnoredDifferences, IgnoreRule } from '../../model/operatorRecord.ts';

/**
 * What an Application has Argo CD ignore of a difference; null for nothing.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/#application-level-configuration
 */
export function ignoredDifferences(application: ManifestObject): IgnoredDifferences | null {
  const rules = objectsAt(application, Kind.Application('spec', 'ignoreDifferences')).map(ruleOf);
  if (rules.length === 0) return null;
  const options = textsAt(application, Kind.Application('spec', 'syncPolicy', 'syncOptions'));
  const applied = !options.includes('RespectIgnoreDifferences=true');
  return { operator: 'Argo CD', option: 'ignoreDifferences', rules, applied };
}

function ruleOf(rule: ManifestObject): IgnoreRule {
  const expressions = textsAt(rule, Kind.IgnoreDifference('jqPathExpressions'));
  const pointers = textsAt(rule, Kind.IgnoreDifference('jsonPointers'));
  return {
    group: textAt(rule, Kind.IgnoreDifference('group')) ?? '',
    kind: textAt(rule, Kind.IgnoreDifference('kind')) ?? '',
    name: filledText(rule, Kind.IgnoreDifference('name')),
    namespace: filledText(rule, Kind.IgnoreDifference('namespace')),
    fields: [...pointers.map(pointerPath), ...expressions.flatMap((text) => plainPath(text) ?? [])],
    expressions: expressions.filter((text) => plainPath(text) === null),
    managers: textsAt(rule, Kind.IgnoreDifference('managedFieldsManagers')),
  };
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function pointerPath(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path of an expression that is one, such as `.spec.replicas`. */
function plainPath(expression: string): [FieldPath] | null {
  return /^(?:\.[A-Za-z_]\w*)+$/.test(expression) ? [expression.slice(1).split('.')] : null;
}
