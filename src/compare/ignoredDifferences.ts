import { objectsAt, textsAt } from '../model/fields.ts';
import { globMatcher } from '../model/glob.ts';
import { Kind } from '../model/kinds.ts';
import { type FieldPath, formatFieldPath, type ManifestObject, textAt } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import { changedFields } from './changedFields.ts';
import type { Pair } from './resources.ts';

/** What `spec.ignoreDifferences` says of one resource. */
interface Ignored {
  readonly fields: readonly FieldPath[];
  /** Expressions that only jq can answer. */
  readonly expressions: readonly string[];
}

/**
 * What Argo CD ignores of a change: where it is all of it, the change starts no sync.
 * https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/#application-level-configuration
 */
export function ignoredDifferences({ base, head }: Pair, application: ManifestObject | null): string[] {
  if (application === null || base === null || head === null) return [];
  const { fields, expressions } = ignoredOf(application, head);
  const changed = changedFields(base.manifest, head.manifest);
  const ignored = changed.filter((path) =>
    fields.some((field) => field.every((step, i) => `${path[i]}` === `${step}`)),
  );
  const isApplied = !textsAt(application, Kind.Application('spec', 'syncPolicy', 'syncOptions')).includes(
    'RespectIgnoreDifferences=true',
  );
  const names = ignored.map((path) => `\`${formatFieldPath(path)}\``).join(', ');
  return [
    ...(ignored.length === 0
      ? []
      : [
          `Argo CD ignores ${names} (ignoreDifferences): ${effect(ignored.length === changed.length, isApplied)}`,
        ]),
    ...expressions.map((text) => `Argo CD may ignore a part of it (ignoreDifferences): ${text}`),
  ];
}

function effect(all: boolean, isApplied: boolean): string {
  if (!isApplied) return 'no sync applies it';
  return all ? 'it starts no sync, and is applied with the next one' : 'it is applied with the rest';
}

function ignoredOf(application: ManifestObject, { group, kind, namespace, name }: Resource): Ignored {
  const rules = objectsAt(application, Kind.Application('spec', 'ignoreDifferences')).filter(
    (rule) =>
      globMatcher(textAt(rule, ['group']) ?? '')(group) &&
      globMatcher(textAt(rule, ['kind']) ?? '')(kind) &&
      [name, undefined, ''].includes(textAt(rule, ['name'])) &&
      [namespace ?? '', undefined, ''].includes(textAt(rule, ['namespace'])),
  );
  const expressions = rules.flatMap((rule) => textsAt(rule, ['jqPathExpressions']));
  return {
    fields: [
      ...rules.flatMap((rule) => textsAt(rule, ['jsonPointers'])).map(pointerPath),
      ...expressions.flatMap((expression) => plainPath(expression) ?? []),
    ],
    expressions: expressions.filter((expression) => plainPath(expression) === null),
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
