import type { Fact } from '../model/about.ts';
import type { Violation } from '../model/finding.ts';
import { type FieldPath, formatFieldPath, isObject, type ManifestValue, textAt } from '../model/manifest.ts';
import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/** How items of lists are told that have no name. */
type ToldBy = 'position' | 'content';

/**
 * What a violation is recognised by at another commit: the rule, the resource without its
 * hash suffix, the field with list items by name instead of position, and the data of its
 * sentence. Moved lines, reordered containers and new hashes do not change it.
 */
export function fingerprint(violation: Violation, resource: Resource, by: ToldBy = 'position'): string {
  const identity = identityOf({ ...resource, name: withoutHash(resource.name) });
  return JSON.stringify([identity, ...partsOf(violation, resource, by), violation.exceptedBy]);
}

/**
 * What a violation is recognised by where its resource goes by other names: the rule, the
 * field, and the data of its sentence without the names that may differ.
 */
export function fingerprintWithout(
  names: readonly (string | null)[],
  violation: Violation,
  resource: Resource,
  by: ToldBy = 'position',
): string {
  const [rule, field] = partsOf(violation, resource, by);
  const facts = factsOf(violation, { by, without: names });
  return JSON.stringify([rule, field, facts, violation.exceptedBy]);
}

function partsOf(violation: Violation, { manifest }: Resource, by: ToldBy) {
  const { rule, fieldPath } = violation;
  const field = fieldPath === null ? null : stableSteps(manifest, fieldPath, by);
  return [rule, field, factsOf(violation, { by })] as const;
}

/**
 * The data of a violation's sentence as one text, without the hash suffixes of names. A user's
 * own policy has words alone: then they are it, without the field that they name.
 * @param without names that may differ.
 */
export function factsOf(
  { about, message, fieldPath }: Pick<Violation, 'about' | 'message' | 'fieldPath'>,
  { by = 'position', without: names = [] }: { by?: ToldBy; without?: readonly (string | null)[] } = {},
): string {
  const text = (one: string) => withoutNames(withoutHashes(one), names);
  if (about !== undefined) {
    const facts = Object.entries(about).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify(facts.map(([name, fact]) => [name, factOf(fact, { by, text })]));
  }
  const left = fieldPath === null ? withoutHashes(message) : withoutPath(withoutHashes(message), fieldPath);
  const words = by === 'content' && fieldPath !== null ? left.replace(/\[\d+\]/g, '[]') : left;
  return withoutNames(words, names);
}

/** Of a path into a manifest, positions in lists count as those of the field do. */
function factOf(
  fact: Fact,
  { by, text }: { readonly by: ToldBy; readonly text: (one: string) => string },
): Fact {
  if (typeof fact === 'string') return text(fact);
  if (!isSteps(fact)) return fact;
  return fact.map((step) => (typeof step === 'string' ? text(step) : by === 'content' ? '[]' : step));
}

function isSteps(fact: Fact): fact is FieldPath {
  return Array.isArray(fact);
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
function withoutNames(text: string, names: readonly (string | null)[]): string {
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
