import type { Fact } from '../model/about.ts';
import type { Violation } from '../model/finding.ts';
import { type FieldPath, formatFieldPath, isObject, type ManifestValue, textAt } from '../model/manifest.ts';
import { identityOf, type Resource, withoutHash } from '../model/resource.ts';

/** A violation, and the resource that has it. */
interface OfResource {
  readonly violation: Violation;
  readonly resource: Resource;
}

/** By what an item of a list is recognised that has no name. */
type ListItemKey = 'position' | 'content';

/**
 * What a violation is recognised by at another commit: the rule, the resource without its
 * hash suffix, the field with list items by name instead of position, and the data of its
 * sentence. Moved lines, reordered containers and new hashes do not change it.
 */
export function fingerprint({ violation, resource }: OfResource, by: ListItemKey = 'position'): string {
  const identity = identityOf({ ...resource, name: withoutHash(resource.name) });
  return JSON.stringify([identity, ...partsOf({ violation, resource }, { by }), violation.exceptedBy]);
}

/**
 * What a violation is recognised by where its resource goes by other names: the rule, the
 * field, and the data of its sentence without the names that may differ.
 */
export function fingerprintWithout(
  names: readonly (string | null)[],
  { violation, resource }: OfResource,
  by: ListItemKey = 'position',
): string {
  const parts = partsOf({ violation, resource }, { by, without: names });
  return JSON.stringify([...parts, violation.exceptedBy]);
}

/** How the data of a sentence are turned into text. */
interface FactOptions {
  readonly by?: ListItemKey;
  /** Names that may differ from one commit to the other. */
  readonly without?: readonly (string | null)[];
}

function partsOf({ violation, resource }: OfResource, how: FactOptions) {
  const { rule, fieldPath } = violation;
  const field = fieldPath === null ? null : stableSteps(resource.manifest, fieldPath, how.by ?? 'position');
  return [rule, field, factsOf(violation, how)] as const;
}

/**
 * The data of a violation's sentence as one text, without the hash suffixes of names and without
 * the field that it is about. A user's own policy has words alone: then they are it.
 */
export function factsOf(
  violation: Pick<Violation, 'about' | 'message' | 'fieldPath'>,
  how: FactOptions = {},
): string {
  const { about, message, fieldPath } = violation;
  if (about === null) return textFact(message, fieldPath, how);
  const facts = Object.entries(about).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(facts.map(([name, fact]) => [name, factOf(fact, fieldPath, how)]));
}

function factOf(fact: Fact, fieldPath: FieldPath | null, how: FactOptions): Fact {
  if (typeof fact === 'string') return textFact(fact, fieldPath, how);
  if (!isList(fact)) return fact;
  const { by = 'position' } = how;
  return withoutStart(fact, fieldPath).map((step) =>
    typeof step === 'string' ? textFact(step, fieldPath, how) : by === 'content' ? '[]' : step,
  );
}

/** Somebody else's words may name fields as a path. */
function textFact(
  text: string,
  fieldPath: FieldPath | null,
  { by = 'position', without: names = [] }: FactOptions,
): string {
  const plain = withoutHashes(text);
  if (fieldPath === null) return withoutNames(plain, names);
  const left = withoutPath(plain, fieldPath);
  return withoutNames(by === 'content' ? left.replace(/\[\d+\]/g, '[]') : left, names);
}

/** A list of texts, or a path into a manifest. */
function isList(fact: Fact): fact is FieldPath {
  return Array.isArray(fact);
}

/** A path without what it has in common with the field, as far as positions in lists are in it. */
function withoutStart(path: FieldPath, fieldPath: FieldPath | null): FieldPath {
  if (fieldPath === null) return path;
  let depth = 0;
  while (depth < Math.min(path.length, fieldPath.length) && path[depth] === fieldPath[depth]) depth++;
  return fieldPath.slice(0, depth).some(isIndex) ? ['\0', ...path.slice(depth)] : path;
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
  // The name before it is not looked at, because a long text of a stranger would be read anew from each letter.
  return text.replace(/(?<=[a-z0-9.-])-[2456789bcdfghkmt]{10}(?![a-z0-9-])/g, '');
}

/** A text with a name taken out where it stands as a word of its own. */
function without(text: string, name: string): string {
  if (name === '') return text;
  const parts = text.split(name);
  return parts.reduce((before, after) => {
    const whole = !/[\w.-]/.test(before.slice(-1)) && !/^(?:[\w-]|\.\w)/.test(after);
    return `${before}${whole ? '\0' : name}${after}`;
  });
}

function stableSteps(manifest: ManifestValue, path: FieldPath, by: ListItemKey): (string | number)[] {
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
