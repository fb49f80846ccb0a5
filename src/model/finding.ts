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

/** Lines of a file of the head, from 1, both included. */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What a check says of one resource, before anyone knows where it stands or whether it is new. */
export interface Violation {
  /** `schema/...`, `secret/...`, `render/...`, or a policy's `<category>/<rule>`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence, without a final line break, without any Secret value. */
  readonly message: string;
  /** What the sentence is made of; null: it has only words, as a user's own policy has. */
  readonly about: About | null;
  /** Where in the rendered resource; null when it is about the resource as a whole. */
  readonly fieldPath: FieldPath | null;
  /** Of one that does not count: the policy's rule that says so, such as `data.main.exception`. */
  readonly exceptedBy?: string | undefined;
}

/** A problem in a source file itself, with its true place. */
export interface SourceViolation extends Violation {
  readonly location: Location;
  readonly resource: ResourceId | null;
}

/** A judged and placed violation. Equal ones of several targets are one finding. */
export interface Finding extends Omit<Violation, 'about'> {
  readonly status: FindingStatus;
  readonly resource: ResourceId | null;
  /** Ids of the targets that have it, sorted; empty for a finding on a file alone. */
  readonly targets: readonly string[];
  /** Null only where no file of the head causes it. */
  readonly location: Location | null;
}

/** Something that nobody may take for checked. */
export interface NotValidated {
  /** A target's id, a kind (`example.com/v1 Foo`), a file, a policy. */
  readonly subject: string;
  readonly reason: string;
  readonly concern: Concern;
}

/** The concern that a rule belongs to, by its first part. */
export function concernOf(rule: string): Concern {
  if (rule.startsWith('render/') || rule.startsWith('settings/')) return 'render';
  if (rule.startsWith('schema/')) return 'schemas';
  if (rule.startsWith('secret/')) return 'secrets';
  return 'policies';
}
