import { RE2JS } from 're2js';
import { parseConstraint } from '../../dialects/semver/constraint.ts';
import { parseVersion } from '../../dialects/semver/version.ts';
import { objectAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';

/** How an ImagePolicy chooses among tags. */
export interface TagPolicy {
  /** Why it would never choose a tag; null for one that it might. */
  refuses(tag: string): Refusal | null;
}

/** What a tag should be to be chosen, with the pattern or range that it should fit. */
export type Refusal = {
  readonly wanted: 'match' | 'version' | 'inRange' | 'number';
  readonly by: string | null;
};

/** A field of an ImagePolicy that makes it choose nothing at all. */
export interface BrokenPolicy {
  readonly fieldPath: readonly string[];
  /** What the field should hold, and what it holds. */
  readonly wanted: 'pattern' | 'range';
  readonly given: string;
}

/**
 * An ImagePolicy's rules, as far as they can be told without the registry's list of tags:
 * the filter, and what the ordering takes at all.
 * https://fluxcd.io/flux/components/image/imagepolicies/
 */
export function tagPolicy(policy: ManifestObject): TagPolicy | BrokenPolicy {
  const filter = filterOf(policy);
  if ('given' in filter) return filter;
  const order = orderOf(policy);
  if ('given' in order) return order;
  return {
    refuses: (tag) => {
      const filtered = filter.apply(tag);
      return filtered === null ? { wanted: 'match', by: filter.pattern } : order.refuses(filtered);
    },
  };
}

/** `filterTags`: tags that match a pattern, or what is extracted of them. */
function filterOf(
  policy: ManifestObject,
): { readonly pattern: string; apply(tag: string): string | null } | BrokenPolicy {
  const pattern = textAt(policy, Kind.ImagePolicy('spec', 'filterTags', 'pattern')) ?? '';
  const extract = textAt(policy, Kind.ImagePolicy('spec', 'filterTags', 'extract')) ?? '';
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch {
    return {
      fieldPath: Kind.ImagePolicy('spec', 'filterTags', 'pattern'),
      wanted: 'pattern',
      given: pattern,
    };
  }
  return {
    pattern,
    apply: (tag) => {
      const match = compiled.matcher(tag);
      if (!match.find()) return null;
      if (extract === '') return tag;
      const groups = compiled.namedGroups();
      const group = (name: string): string => {
        const index = /^\d+$/.test(name) ? Number(name) : groups[name];
        return index === undefined || index > match.groupCount() ? '' : (match.group(index) ?? '');
      };
      return expand(extract, group);
    },
  };
}

/** `$name`, `${name}` and `$$`, as Go's `Regexp.Expand` has them. https://pkg.go.dev/regexp#Regexp.Expand */
function expand(template: string, group: (name: string) => string): string {
  return template.replaceAll(/\$(?:\$|\{(\w+)\}|(\w+))/g, (match, braced?: string, bare?: string) =>
    match === '$$' ? '$' : group(braced ?? bare ?? ''),
  );
}

/** `policy`: what tags can be put in order. */
function orderOf(policy: ManifestObject): TagPolicy | BrokenPolicy {
  const range = textAt(policy, Kind.ImagePolicy('spec', 'policy', 'semver', 'range'));
  if (range !== undefined) {
    const fits = parseConstraint(range);
    if (fits === undefined) {
      return {
        fieldPath: Kind.ImagePolicy('spec', 'policy', 'semver', 'range'),
        wanted: 'range',
        given: range,
      };
    }
    return {
      refuses: (tag) => {
        const version = isStrict(tag) ? parseVersion(tag) : undefined;
        if (version === undefined) return { wanted: 'version', by: null };
        return fits(version) ? null : { wanted: 'inRange', by: range };
      },
    };
  }
  const choice = objectAt(policy, Kind.ImagePolicy('spec', 'policy')) ?? {};
  const numerical = 'numerical' in choice && !('alphabetical' in choice);
  // Every text has a place in the alphabet.
  return { refuses: (tag) => (numerical && !isNumber(tag) ? { wanted: 'number', by: null } : null) };
}

/** All three parts, none with a zero in front. https://github.com/fluxcd/pkg/blob/main/version/version.go */
function isStrict(tag: string): boolean {
  return /^v?(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:[-+]|$)/.test(tag);
}

/** As Go's `ParseFloat` reads numbers: infinite and hexadecimal ones, and digits in groups (`1_000`). */
function isNumber(text: string): boolean {
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) return true;
  if (new RegExp(String.raw`^[+-]?0x_?(?:${HEX}\.?(?:${HEX})?|\.${HEX})p[+-]?${DIGITS}$`, 'i').test(text))
    return true;
  const number = new RegExp(
    String.raw`^[+-]?(?:${DIGITS}\.?(?:${DIGITS})?|\.${DIGITS})(?:e[+-]?${DIGITS})?$`,
    'i',
  );
  return number.test(text) && Number.isFinite(Number(text.replaceAll('_', '')));
}

const DIGITS = String.raw`\d+(?:_\d+)*`;
const HEX = String.raw`[\da-f]+(?:_[\da-f]+)*`;
