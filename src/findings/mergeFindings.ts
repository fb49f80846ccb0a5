import { factsOf } from '../compare/fingerprint.ts';
import type { Finding, Location, Violation } from '../model/finding.ts';
import { groupBy } from '../model/groupBy.ts';

/** A finding of one target, before equal ones of several targets become one. */
export type SingleFinding = Omit<Finding, 'targets'> &
  Pick<Violation, 'about'> & {
    readonly target: string | null;
    /** Of a fixed one, the lines of the base that caused it: equal ones are one finding. */
    readonly cause?: Finding['location'];
    /** What equal copies of one secret have in common. */
    readonly copy?: string;
  };

/**
 * Makes one finding of those that are equal in rule, status, message, field and cause,
 * with all their targets, and puts them in a fixed order: new before existing before
 * fixed, errors before warnings, then by place. Copies of one secret are one finding as well,
 * at the first of their places, which lists the others: whoever rotates it does so once.
 */
export function mergeFindings(findings: readonly SingleFinding[]): Finding[] {
  const groups = new Map<string, Group[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const alike = groups.get(key) ?? [];
    groups.set(key, alike);
    const joined = causeOf(finding) === null ? partnerOf(finding, alike) : alike[0];
    if (joined === undefined) alike.push(groupOf(finding));
    else if (finding.target !== null) joined.targets.add(finding.target);
  }
  return joinCopies([...groups.values()].flat())
    .map(toFinding)
    .toSorted(inOrder);
}

function causeOf({ location, cause = null }: SingleFinding): Finding['location'] {
  return location ?? cause;
}

interface Group {
  readonly first: SingleFinding;
  readonly targets: Set<string>;
}

function groupOf(first: SingleFinding): Group {
  return { first, targets: new Set(first.target === null ? [] : [first.target]) };
}

/** Without a line, one target's findings on the same name in several namespaces stay apart. */
function partnerOf({ target, resource }: SingleFinding, alike: readonly Group[]): Group | undefined {
  return (
    alike.find(({ first }) => first.resource?.namespace === resource?.namespace) ??
    alike.find(({ targets }) => target === null || !targets.has(target))
  );
}

/**
 * Overlays put the same resource into different namespaces. Where a line tells findings
 * apart, and for fixed ones, which have none, that makes no difference.
 */
function keyOf(finding: SingleFinding): string {
  const { rule, status, severity, message, fieldPath, resource, target } = finding;
  const location = causeOf(finding);
  if (location === null && status !== 'fixed')
    return JSON.stringify([rule, status, severity, message, fieldPath, resource]);
  // A sentence may name what differs from overlay to overlay.
  const names = [target, resource?.namespace ?? null, resource?.name ?? null];
  const text = factsOf(finding, { without: location === null ? names.slice(0, 2) : names });
  const subject = [resource?.kind, location ?? resource?.name];
  return JSON.stringify([rule, status, severity, text, fieldPath, subject]);
}

/** Groups as they are, and those of copies of one secret together, the first place first. */
function joinCopies(groups: readonly Group[]): (Group & { readonly others?: readonly Location[] })[] {
  const keyed = groupBy(groups, ({ first: { rule, status, severity, copy, ...first } }) =>
    copy === undefined ? '' : JSON.stringify([rule, status, severity, factsOf(first), copy]),
  );
  return [...keyed].flatMap(([key, all]) => (key === '' ? all : joined(all)));
}

function joined(copies: readonly Group[]) {
  const sorted = copies.toSorted((a, b) => comparePlaces(a.first.location, b.first.location));
  const targets = new Set(sorted.flatMap((copy) => [...copy.targets]));
  const places = sorted.flatMap(({ first: { location } }) => location ?? []);
  const others = places.filter((place, index) => index > 0 && comparePlaces(place, places[index - 1]) !== 0);
  return sorted.slice(0, 1).map(({ first }) => ({ first, targets, others }));
}

function toFinding({ first, targets, others = [] }: ReturnType<typeof joinCopies>[number]): Finding {
  const { target: _, cause: __, about: ___, copy: ____, ...finding } = first;
  return {
    ...finding,
    targets: [...targets].toSorted(),
    ...(others.length > 0 && { otherLocations: others }),
  };
}

const STATUSES = ['new', 'existing', 'fixed'];

function inOrder(a: Finding, b: Finding): number {
  return (
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    compareText(a.severity, b.severity) ||
    comparePlaces(a.location, b.location) ||
    compareText(a.rule, b.rule) ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

/** What has no place stands last. */
function comparePlaces(a: Location | null | undefined, b: Location | null | undefined): number {
  return compareText(a?.path ?? '\uffff', b?.path ?? '\uffff') || (a?.startLine ?? 0) - (b?.startLine ?? 0);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
