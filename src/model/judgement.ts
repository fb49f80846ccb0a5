import type { Location, NotValidated, Violation } from './finding.ts';
import type { FoundObject } from './foundObject.ts';
import type { FailedRendering } from './rendering.ts';
import type { Resource, ResourceId } from './resource.ts';
import type { Target } from './target.ts';

/** What a check judges. It tells where a violation stands, and what it is compared with at the other commit. */
export type Subject =
  /** A rendered resource. */
  | { readonly is: 'resource'; readonly target: Target; readonly resource: Resource }
  /** A target as a whole. */
  | { readonly is: 'target'; readonly target: Target }
  /** A target that does not render. */
  | { readonly is: 'failure'; readonly rendering: FailedRendering }
  /** A patch of a target's kustomization. */
  | { readonly is: 'patch'; readonly target: Target }
  /** An operator's object. */
  | { readonly is: 'object'; readonly object: FoundObject }
  /** A file. */
  | {
      readonly is: 'file';
      readonly path: string;
      /** What in the file it is about; null for the file as a whole. */
      readonly resource: ResourceId | null;
      /** The affected targets that read the file; empty for a finding on the file alone. */
      readonly targets: readonly string[];
    };

/** A violation with what it was found in, at one commit. */
export interface SubjectViolation {
  readonly subject: Subject;
  readonly violation: Violation;
  /** Where the check itself knows the line; null where no line of the head causes it. Left out, the line is looked for. */
  readonly location?: Location | null;
  /** The values that it is about, where these and not its data tell whether it is new. */
  readonly values?: JudgedValues;
}

/** Values that a violation is about, by digests that are others in each run: they are compared and never shown. */
export interface JudgedValues {
  /** Whose they are, such as one Secret: while it has a violation at the head, none of its is fixed. */
  readonly owner: string | null;
  readonly all: readonly ValueIdentity[];
  /** What equal copies of one secret have in common: their findings become one. */
  readonly copy: string;
}

/** What a value is recognised by at the other commit. */
export interface ValueIdentity {
  /** What another violation names the same value; each is matched once. Null where none is needed. */
  readonly counted: string | null;
  /** What it is called among the values that a commit has without a violation ({@link Judgement.known}). */
  readonly names: readonly string[];
}

/** What a check says of the base and the head. */
export interface Judgement {
  readonly before: readonly SubjectViolation[];
  readonly after: readonly SubjectViolation[];
  /** What it could not validate at the head. Without a concern it is the check's own. */
  readonly gaps: readonly Gap[];
  /** What it could not decide at the head: what it said of the same at the base is not fixed. */
  readonly undecided: readonly Undecided[];
  /** The names of values that each commit has, whether or not a violation tells of them. */
  readonly known?: Readonly<Record<'before' | 'after', ReadonlySet<string>>>;
}

/** Something that a check did not validate. */
export type Gap = Omit<NotValidated, 'concern'> &
  Partial<Pick<NotValidated, 'concern'>> & {
    /** A violation that already fails the check if it is new; the gap is then left out. */
    readonly unlessNew?: SubjectViolation | undefined;
    /** A digest of what decides it: a gap of both commits counts where this differs. */
    readonly decidedBy?: string | undefined;
    /** True where it is no gap that the subject is new: it counts only where the base has a gap of the subject too. */
    readonly onlyOfChanges?: boolean | undefined;
    /** The object that it is about, where it could declare any number of targets. */
    readonly object?: FoundObject | undefined;
  };

/** A rule that could not decide about a resource. A name that ends in a slash means every rule below it. */
export interface Undecided {
  readonly target: Target;
  readonly resource: Resource;
  readonly rule: string;
}

/** The judgement of a check that found nothing. */
export const NO_JUDGEMENT: Judgement = { before: [], after: [], gaps: [], undecided: [] };

/** Violations of a rendered resource, each with its subject. */
export function onResource(
  target: Target,
  resource: Resource,
  violations: readonly Violation[],
): SubjectViolation[] {
  const subject: Subject = { is: 'resource', target, resource };
  return violations.map((violation) => ({ subject, violation }));
}
