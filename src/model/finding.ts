import type { About } from './about.ts';
import type { FieldPath } from './manifest.ts';
import type { ResourceId } from './resource.ts';

/** The four things that are judged, each a check run and a verdict of its own. */
export const CONCERNS = ['render', 'schemas', 'policies', 'secrets'] as const;
export type Concern = (typeof CONCERNS)[number];

/** A value for each concern, in their order. */
export function byConcern<T>(give: (concern: Concern) => T): Readonly<Record<Concern, T>> {
  const entries = CONCERNS.map((concern) => [concern, give(concern)] as const);
  // Each of the concerns is among the entries.
  return Object.fromEntries(entries) as Record<Concern, T>;
}

export type Severity = 'error' | 'warning';
export type FindingStatus = 'new' | 'existing' | 'fixed';

/** Lines of a file, from 1, both included. Those of a finding are of the head's file. */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** A rule that something breaks, as a check reports it: not yet placed on a line, not yet new or existing. */
export interface Violation {
  /** `schema/...`, `secret/...`, `render/...`, `settings/...`, or a policy's `<category>/<rule>`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence, without a final line break, without any Secret value. */
  readonly message: string;
  /** The data that the sentence is made of; null where there is only a sentence, as of a user's own policy. */
  readonly about: About | null;
  /** Where in the rendered resource; null when it is about the resource as a whole. */
  readonly fieldPath: FieldPath | null;
  /** The policy's rule that excepts this violation, such as `data.main.exception`; then it does not count. */
  readonly exceptedBy?: string | undefined;
}

/** A problem in a source file itself, with its true place. */
export interface SourceViolation extends Violation {
  readonly location: Location;
  readonly resource: ResourceId | null;
}

/** A violation with its status and line. Equal violations in several targets make one finding. */
export interface Finding extends Omit<Violation, 'about'> {
  readonly status: FindingStatus;
  readonly resource: ResourceId | null;
  /** Ids of the targets that have it, sorted; empty for a finding on a file alone. */
  readonly targets: readonly string[];
  /** Null only where no file of the head causes it. */
  readonly location: Location | null;
  /** Where equal copies of the same secret stand, by path; only where there are any. */
  readonly otherLocations?: readonly Location[];
}

/** Something that could not be checked, as reports list it. */
export interface NotValidated {
  /** A target's id, a kind (`example.com/v1 Foo`), a file, a policy. */
  readonly subject: string;
  readonly reason: string;
  readonly concern: Concern;
  /** True for what was so before and the pull request does not touch: no verdict depends on it. */
  readonly isStanding?: true;
}

/** The concern that a rule belongs to, by its first part. */
export function concernOf(rule: string): Concern {
  if (rule.startsWith('render/') || rule.startsWith('settings/')) return 'render';
  if (rule.startsWith('schema/')) return 'schemas';
  if (rule.startsWith('secret/')) return 'secrets';
  return 'policies';
}
