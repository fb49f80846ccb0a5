import type { Violation } from '../../model/finding.ts';
import type { ApiHistory, KindHistory } from './apiHistory.ts';

/** How many minor versions ahead a removal is worth a warning. */
const AHEAD = 2;

/** What a cluster serves. */
export interface Served {
  /** Such as `1.37`. */
  readonly minor: string;
  /** Such as `apps/v1 Deployment`. */
  readonly names: readonly string[];
  readonly history: ApiHistory;
}

/**
 * What becomes of a kind, such as `policy/v1beta1 PodDisruptionBudget`, in the cluster: an
 * error where its version of Kubernetes has removed it, a warning where one of the next two
 * does, or where it is deprecated.
 */
export function lifecycleViolations(name: string, served: Served): Violation[] {
  const kind = served.history.get(name);
  if (kind === undefined) return [];
  const { removed, deprecated } = kind;
  const until = removed === undefined ? Number.POSITIVE_INFINITY : distance(served.minor, removed);
  const instead = insteadOf(name, kind, served);
  if (removed !== undefined && until <= AHEAD)
    return [removal({ kind: name, removed, isGone: until <= 0, instead, kubernetes: served.minor })];
  if (deprecated === undefined || distance(served.minor, deprecated) > 0) return [];
  // Where something takes its place, the cluster's version is not told.
  const kubernetes = instead === null ? served.minor : null;
  return [deprecation({ kind: name, deprecated, instead, kubernetes })];
}

type Replaced = {
  /** Such as `policy/v1beta1 PodDisruptionBudget`. */
  readonly kind: string;
  /** What to use; null where the cluster has nothing. */
  readonly instead: string | null;
  /** The cluster's version. */
  readonly kubernetes: string | null;
};

type Removal = Replaced & { readonly removed: string; readonly isGone: boolean };

function removal(about: Removal): Violation {
  const severity = about.isGone ? 'error' : 'warning';
  return {
    rule: 'schema/removed-api',
    severity,
    message: isRemoved(about),
    about,
    fieldPath: ['apiVersion'],
  };
}

function isRemoved(about: Removal): string {
  const { kind, removed, kubernetes, isGone } = about;
  const when = isGone
    ? `was removed in Kubernetes ${removed}, and the cluster has ${kubernetes}`
    : `is removed in Kubernetes ${removed}; the cluster has ${kubernetes}`;
  return `${kind} ${when}; ${replacement(about)}`;
}

function deprecation(about: Replaced & { readonly deprecated: string }): Violation {
  const message = `${about.kind} is deprecated since Kubernetes ${about.deprecated}; ${replacement(about)}`;
  return { rule: 'schema/deprecated-api', severity: 'warning', message, about, fieldPath: ['apiVersion'] };
}

function replacement({ instead, kubernetes }: Replaced): string {
  return instead === null ? `Kubernetes ${kubernetes} has nothing in its place` : `use ${instead}`;
}

/** What upstream names, or else the same kind in another version or group, where the cluster serves it. */
function insteadOf(
  name: string,
  { replacement }: KindHistory,
  { names, minor, history }: Served,
): string | null {
  const kind = kindOf(name);
  const others = names
    .filter((other) => other !== name && kindOf(other) === kind && !goesSoon(other, minor, history))
    .toSorted((one, other) => rank(one, name) - rank(other, name));
  const best = replacement !== undefined && names.includes(replacement) ? replacement : others[0];
  if (best === undefined) return null;
  return kindOf(best) === kind ? apiVersionOf(best) : best;
}

function goesSoon(name: string, minor: string, history: ApiHistory): boolean {
  const removed = history.get(name)?.removed;
  return removed !== undefined && distance(minor, removed) <= AHEAD;
}

/** Stable versions before others, the same group before others. */
function rank(candidate: string, name: string): number {
  const stable = /(?:^|\/)v\d+$/.test(apiVersionOf(candidate)) ? 0 : 2;
  return stable + (groupOf(candidate) === groupOf(name) ? 0 : 1);
}

function apiVersionOf(name: string): string {
  return name.split(' ')[0] ?? '';
}

function groupOf(name: string): string {
  const [group = '', version] = apiVersionOf(name).split('/');
  return version === undefined ? '' : group;
}

function kindOf(name: string): string {
  return name.split(' ')[1] ?? '';
}

/** Minor versions from one to another; all are of the same major version. */
function distance(from: string, to: string): number {
  return Number(to.split('.')[1]) - Number(from.split('.')[1]);
}
