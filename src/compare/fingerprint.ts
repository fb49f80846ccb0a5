import type { Violation } from '../model/finding.ts';
import { type FieldPath, formatFieldPath, isObject, type ManifestValue, textAt } from '../model/manifest.ts';
import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/** How items of lists are told that have no name. */
type ToldBy = 'position' | 'content';

/**
 * What a violation is recognised by at another commit: the rule, the resource without its
 * hash suffix, the field with list items by name instead of position, and the message.
 * Moved lines, reordered containers and new hashes do not change it.
 */
export function fingerprint(violation: Violation, resource: Resource, by: ToldBy = 'position'): string {
  const identity = identityOf({ ...resource, name: withoutHash(resource.name) });
  return JSON.stringify([identity, ...partsOf(violation, resource, by), violation.exceptedBy]);
}

/**
 * What a violation is recognised by where its resource goes by other names: the rule, the
 * field, and the message without the names that may differ.
 */
export function fingerprintWithout(
  names: readonly (string | null)[],
  violation: Violation,
  resource: Resource,
  by: ToldBy = 'position',
): string {
  const [rule, field, message] = partsOf(violation, resource, by);
  return JSON.stringify([rule, field, withoutNames(message, names), violation.exceptedBy]);
}

function partsOf({ rule, fieldPath, message }: Violation, { manifest }: Resource, by: ToldBy) {
  const text = withoutHashes(message);
  if (fieldPath === null) return [rule, null, text] as const;
  const left = withoutPath(text, fieldPath);
  return [
    rule,
    stableSteps(manifest, fieldPath, by),
    by === 'content' ? left.replace(/\[\d+\]/g, '[]') : left,
  ] as const;
}

/** A text without the field that it is about, or the longest part of its path that it names. */
function withoutPath(text: string, fieldPath: FieldPath): string {
  for (let depth = fieldPath.length; depth > 0 && fieldPath.slice(0, depth).some(isIndex); depth--) {
    const path = formatFieldPath(fieldPath.slice(0, depth));
    if (text.includes(path)) return text.replaceAll(path, '\0');
  }
  return text;
}

function isIndex(step: string | number): boolean {
  return typeof step === 'number';
}

/** A text with names taken out where they stand as words of their own. */
export function withoutNames(text: string, names: readonly (string | null)[]): string {
  return names.reduce<string>((left, name) => without(left, name ?? ''), text);
}

/** A text with the hash suffixes taken off all names that kustomize's generators make. */
function withoutHashes(text: string): string {
  return text.replace(/[a-z0-9][a-z0-9.-]*-[2456789bcdfghkmt]{10}(?![a-z0-9-])/g, (name) =>
    withoutHash(name),
  );
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

function stableSteps(manifest: ManifestValue, path: FieldPath, by: ToldBy): (string | number)[] {
  let current: ManifestValue | undefined = manifest;
  return path.map((step) => {
    if (Array.isArray(current) && typeof step === 'number') {
      current = current[step];
      const name = textAt(current, ['name']);
      if (name !== undefined) return `name=${name}`;
      return by === 'content' ? JSON.stringify(current) : step;
    }
    current = isObject(current) && typeof step === 'string' ? current[step] : undefined;
    return step;
  });
}
