import type { Concern, Finding, NotValidated } from './finding.ts';
import type { Removal } from './removal.ts';
import type { ResourceId } from './resource.ts';
import type { CommentMode, Gate } from './settings.ts';
import type { Target } from './target.ts';

export type Verdict = 'success' | 'failure' | 'neutral' | 'skipped';
export type Verdicts = Readonly<Record<Concern, Verdict>>;

/** One resource's difference between base and head in one target. */
export interface Change {
  readonly target: string;
  /** The head's identity; the base's for a removed resource. */
  readonly resource: ResourceId;
  readonly change: 'added' | 'changed' | 'removed' | 'renamed';
  /** The base's name of a renamed resource (a new hash suffix), else null. */
  readonly previousName: string | null;
  /** Unified diff of canonical YAML, hunks only (no file header), Secret values replaced. */
  readonly diff: string;
  /** What the operator does with the resource that the diff does not show, such as that a hook is not kept. */
  readonly effects: readonly string[];
  /** What becomes of a removed resource. */
  readonly removal?: Removal | undefined;
}

/** A container image that a target would run after the merge in place of another. */
export interface ImageChange {
  readonly target: string;
  readonly resource: ResourceId;
  readonly container: string;
  /** Null where the container is new. */
  readonly from: string | null;
  /** Null where the container goes. */
  readonly to: string | null;
}

/** A target as reports list it: without its source, because values in a source may be secret. */
export interface TargetResult extends Omit<Target, 'source'> {
  readonly affected: boolean;
  /** Of the head; `removed`: the target exists at the base only. */
  readonly status: 'rendered' | 'failed' | 'notValidated' | 'removed';
  /** True where the target is affected and could not be rendered at the base, so that all it has counts as new. */
  readonly baseFailed: boolean;
  /** Why its operator applies no change by itself after the merge. */
  readonly waits?: string;
  /** Why its operator applies no change by itself from now on, where it did at the base. */
  readonly stops?: string;
  /** Where its operator applies it from now on, in place of where it did. */
  readonly moves?: TargetMove;
  /** True where its operator did not apply changes at the base, and does at the head: all that has gathered. */
  readonly resumes?: true;
}

/** That a target is applied elsewhere: all that it has is applied there anew. */
export interface TargetMove {
  /** Such as `cluster staging`, `its own cluster`, `release web/shop`. */
  readonly from: string;
  readonly to: string;
  /** What becomes of what it had: it stays there, or is deleted; unknown where both may be one cluster. */
  readonly effect: 'leavesBehind' | 'removes' | 'unknown';
}

/** A finding that an exception takes out of the verdict. */
export interface ExceptedFinding extends Finding {
  readonly exception: {
    /** Where it is said: `.hydrant.yaml line 3`, or the policy's rule, `data.main.exception`. */
    readonly source: string;
    /** Null where a policy does not tell. */
    readonly reason: string | null;
    /** The last day on which it holds; null for good. */
    readonly expires: string | null;
  };
}

/** All that Hydrant says of two commits. The same commits and settings give the same review. */
export interface Review {
  /** Full commit ids. */
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  /** Which errors fail: only new ones, or existing ones as well. */
  readonly gate: Gate;
  /** What the settings want of the comment on a pull request. */
  readonly commentMode: CommentMode;
  readonly verdicts: Verdicts;
  readonly targets: readonly TargetResult[];
  readonly changes: readonly Change[];
  readonly images: readonly ImageChange[];
  readonly findings: readonly Finding[];
  /** Findings that do not count, new and existing ones. */
  readonly excepted: readonly ExceptedFinding[];
  readonly notValidated: readonly NotValidated[];
}
