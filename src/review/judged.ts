import type { NotValidated, Violation } from '../model/finding.ts';
import type { Resource } from '../model/resource.ts';
import type { Target } from '../model/target.ts';

/** A violation with the resource and target that it was found in. */
export interface Judged {
  readonly target: Target;
  readonly resource: Resource;
  readonly violation: Violation;
}

/** What is wrong with a target as a whole. */
export type TargetJudged = Omit<Judged, 'resource'>;

export interface Judgement {
  readonly judged: readonly Judged[];
  readonly ofTargets: readonly TargetJudged[];
  readonly notValidated: readonly NotValidated[];
  /** The resources of which some rule could not tell whether they break it. */
  readonly undecided: readonly Undecided[];
}

/**
 * What a rule, or for `schema/` every rule of the schemas, had no answer for: whatever it said
 * of the resource at the base is not fixed.
 */
export type Undecided = Pick<Judged, 'target' | 'resource'> & { readonly rule: string };
