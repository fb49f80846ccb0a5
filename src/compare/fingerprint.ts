import type { Violation } from '../model/finding.ts';
import { type FieldPath, isObject, type ManifestValue, textAt } from '../model/manifest.ts';
import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/**
 * What a violation is recognised by at another commit: the rule, the resource without its
 * hash suffix, the field with list items by name instead of position, and the message.
 * Moved lines, reordered containers and new hashes do not change it.
 */
export function fingerprint(violation: Violation, resource: Resource): string {
  const identity = identityOf({ ...resource, name: withoutHash(resource.name) });
  const field = violation.fieldPath === null ? null : stableSteps(resource.manifest, violation.fieldPath);
  const message = violation.message.replaceAll(resource.name, withoutHash(resource.name));
  return JSON.stringify([violation.rule, identity, field, message, violation.exceptedBy]);
}

/**
 * What a violation is recognised by where its resource goes by other names: the rule, the
 * field, and the message without the names that may differ.
 */
export function fingerprintWithout(
  names: readonly (string | null)[],
  violation: Violation,
  resource: Resource,
): string {
  const field = violation.fieldPath === null ? null : stableSteps(resource.manifest, violation.fieldPath);
  const message = names.reduce<string>((text, name) => without(text, name ?? ''), violation.message);
  return JSON.stringify([violation.rule, field, message, violation.exceptedBy]);
}

/** A text with a name taken out where it stands as a word of its own. */
function without(text: string, name: string): string {
  if (name === '') return text;
  const parts = text.split(name);
  return parts.reduce((before, after) => {
    const whole = !/[\w.-]$/.test(before) && !/^(?:[\w-]|\.\w)/.test(after);
    return `${before}${whole ? '\0' : name}${after}`;
  });
}

function stableSteps(manifest: ManifestValue, path: FieldPath): (string | number)[] {
  let current: ManifestValue | undefined = manifest;
  return path.map((step) => {
    if (Array.isArray(current) && typeof step === 'number') {
      current = current[step];
      const name = textAt(current, ['name']);
      return name === undefined ? step : `name=${name}`;
    }
    current = isObject(current) && typeof step === 'string' ? current[step] : undefined;
    return step;
  });
}
