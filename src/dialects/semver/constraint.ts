import { table } from '../../model/table.ts';
import { comparePrereleases, compareVersions, parseVersion, type Version } from './version.ts';

/**
 * A range such as `^1.2`, `>=1 <3 || 5.x` or `1.0 - 2.0`, read as Helm, Argo CD and Flux
 * read it; undefined where it is none. Prereleases fit only a group that names one.
 * @see https://github.com/Masterminds/semver/blob/v3.5.0/constraints.go
 */
export function parseConstraint(text: string): ((version: Version) => boolean) | undefined {
  if (text.length > 512) return undefined;
  const groups = text.replaceAll(HYPHEN_RANGE, '>= $1, <= $2 ').split('||').map(parseGroup);
  if (groups.length > 32) return undefined;
  const sound = groups.filter((group) => group !== undefined);
  if (sound.length < groups.length) return undefined;
  return (version) => sound.some((group) => fits(version, group));
}

/** `>=1.2`: where `dirty`, parts were left out, or given as `x`. */
interface Comparator {
  readonly operator: string;
  readonly than: Version;
  readonly dirty: boolean;
  readonly minorDirty: boolean;
  readonly patchDirty: boolean;
}

// `1x` is let pass here as in the original, and is no version afterwards.
const NUMBER = String.raw`[\d|xX*]+`;
const LABELS = String.raw`[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*`;
const SPACE = String.raw`[\t\n\f\r ]`;
const PARTS = String.raw`v?(${NUMBER})(?:\.(${NUMBER}))?(?:\.(${NUMBER}))?(-${LABELS})?(?:\+${LABELS})?`;
const WHOLE = PARTS.replaceAll(/\((?!\?)/g, '(?:');
const HYPHEN_RANGE = new RegExp(`${SPACE}*(${WHOLE})${SPACE}+-${SPACE}+(${WHOLE})${SPACE}*`, 'g');
const COMPARATOR = new RegExp(`(=>|=<|>=|<=|!=|~>|[=><~^]|)${SPACE}*${PARTS}`, 'y');
const BETWEEN = new RegExp(`${SPACE}*,?${SPACE}*`, 'y');
const LEADING = new RegExp(`^${SPACE}*`);

/** Comparators between spaces or commas; undefined where anything else stands there. */
function parseGroup(text: string): readonly Comparator[] | undefined {
  const group: Comparator[] = [];
  let at = LEADING.exec(text)?.[0].length ?? 0;
  while (at < text.length) {
    COMPARATOR.lastIndex = at;
    const comparator = comparatorOf(COMPARATOR.exec(text));
    if (comparator === undefined) return undefined;
    group.push(comparator);
    BETWEEN.lastIndex = COMPARATOR.lastIndex;
    const between = BETWEEN.exec(text)?.[0] ?? '';
    at = BETWEEN.lastIndex;
    const last = at === text.length;
    if (last ? between.includes(',') : between === '') return undefined;
  }
  return group.length === 0 ? undefined : group;
}

function comparatorOf(match: RegExpExecArray | null): Comparator | undefined {
  if (match === null) return undefined;
  const [, operator = '', major = '', minor, patch, prerelease = ''] = match;
  const open = [major, minor, patch].findIndex((part) => part === undefined || /^[xX*]$/.test(part));
  const known = [major, minor, patch].map((part, index) => (open >= 0 && index >= open ? '0' : part));
  const than = parseVersion(`${known.join('.')}${prerelease}`);
  if (than === undefined) return undefined;
  return { operator, than, dirty: open >= 0, minorDirty: open === 1, patchDirty: open === 2 };
}

function fits(version: Version, group: readonly Comparator[]): boolean {
  const prereleases = group.some(({ than }) => than.prerelease.length > 0);
  if (version.prerelease.length > 0 && !prereleases) return false;
  return group.every((comparator) => OPERATORS[comparator.operator]?.(version, comparator) === true);
}

type Operator = (version: Version, comparator: Comparator) => boolean;

const tilde: Operator = (version, { than, minorDirty, patchDirty }) => {
  if (compareVersions(version, than) < 0) return false;
  // `~0.0.0` and `*` take everything.
  if (than.major === 0n && than.minor === 0n && than.patch === 0n && !minorDirty && !patchDirty) return true;
  return version.major === than.major && (minorDirty || version.minor === than.minor);
};

const caret: Operator = (version, { than, minorDirty, patchDirty }) => {
  if (compareVersions(version, than) < 0) return false;
  if (than.major > 0n || minorDirty) return version.major === than.major;
  if (version.major > 0n) return false;
  if (than.minor > 0n || patchDirty) return version.minor === than.minor;
  return version.minor === 0n && version.patch === than.patch;
};

const equal: Operator = (version, comparator) =>
  comparator.dirty ? tilde(version, comparator) : compareVersions(version, comparator.than) === 0;

const notEqual: Operator = (version, { than, dirty, minorDirty, patchDirty }) => {
  if (!dirty) return compareVersions(version, than) !== 0;
  if (version.major !== than.major) return true;
  if (minorDirty) return false;
  if (version.minor !== than.minor) return true;
  if (patchDirty) return comparePrereleases(version.prerelease, than.prerelease) !== 0;
  return version.patch !== than.patch || compareVersions(version, than) !== 0;
};

const greater: Operator = (version, { than, minorDirty, patchDirty }) => {
  if (!minorDirty && !patchDirty) return compareVersions(version, than) > 0;
  if (version.major !== than.major) return version.major > than.major;
  return patchDirty && version.minor > than.minor;
};

const lessOrEqual: Operator = (version, { than, dirty, minorDirty }) => {
  if (!dirty) return compareVersions(version, than) <= 0;
  if (version.major !== than.major) return version.major < than.major;
  return minorDirty || version.minor <= than.minor;
};

const less: Operator = (version, { than }) => compareVersions(version, than) < 0;
const greaterOrEqual: Operator = (version, { than }) => compareVersions(version, than) >= 0;

const OPERATORS = table<Operator>({
  '': equal,
  '=': equal,
  '!=': notEqual,
  '>': greater,
  '<': less,
  '>=': greaterOrEqual,
  '=>': greaterOrEqual,
  '<=': lessOrEqual,
  '=<': lessOrEqual,
  '~': tilde,
  '~>': tilde,
  '^': caret,
});
