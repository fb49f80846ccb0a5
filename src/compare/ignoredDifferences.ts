import { gobwasMatcher } from '../dialects/glob.ts';
import { formatFieldPath } from '../model/manifest.ts';
import type { IgnoredDifferences, IgnoreRule } from '../model/operatorRecord.ts';
import type { Resource } from '../model/resource.ts';
import { changedFields } from './changedFields.ts';
import type { Pair } from './resources.ts';

/**
 * What an operator ignores of a change: where it is all of it, the change starts no sync.
 * @param ignores what the object that declares the target says; null for nothing.
 */
export function ignoredDifferences({ base, head }: Pair, ignores: IgnoredDifferences | null): string[] {
  if (ignores === null || base === null || head === null) return [];
  const { operator, option, applied } = ignores;
  const rules = ignores.rules.filter((rule) => isOf(rule, head));
  const changed = changedFields(base.manifest, head.manifest);
  const ignored = changed.filter((path) =>
    rules.some(({ fields }) => fields.some((field) => field.every((step, i) => `${path[i]}` === `${step}`))),
  );
  const names = ignored.map((path) => `\`${formatFieldPath(path)}\``).join(', ');
  return [
    ...(ignored.length === 0
      ? []
      : [`${operator} ignores ${names} (${option}): ${effect(ignored.length === changed.length, applied)}`]),
    ...rules
      .flatMap(({ expressions }) => expressions)
      .map((text) => `${operator} may ignore a part of it (${option}): ${text}`),
  ];
}

function effect(all: boolean, isApplied: boolean): string {
  if (!isApplied) return 'no sync applies it';
  return all ? 'it starts no sync, and is applied with the next one' : 'it is applied with the rest';
}

function isOf(rule: IgnoreRule, { group, kind, namespace, name }: Resource): boolean {
  return (
    gobwasMatcher(rule.group)(group) &&
    gobwasMatcher(rule.kind)(kind) &&
    [name, undefined].includes(rule.name) &&
    [namespace ?? '', undefined].includes(rule.namespace)
  );
}
