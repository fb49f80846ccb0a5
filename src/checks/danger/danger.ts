import type { About } from '../../model/about.ts';
import type { Violation } from '../../model/finding.ts';
import type { Heeded } from '../../model/heeded.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';

/** A resource of one target at both commits; one side is null where it is added or removed. */
export interface ResourcePair {
  readonly target: Target;
  readonly base: Resource | null;
  readonly head: Resource | null;
}

/** A resource that is at both commits. */
export interface ChangedPair extends ResourcePair {
  readonly base: Resource;
  readonly head: Resource;
}

/** What merging does to a cluster besides what the diff says. */
export interface Danger {
  readonly target: Target;
  /** Of the head; of the base where the head has it no longer. */
  readonly resource: Resource;
  readonly removed: boolean;
  readonly violation: Violation;
}

/** What is said of a danger; the rule's name behind `danger/`. */
type Warned = Pick<Violation, 'rule' | 'message' | 'fieldPath'> & { readonly about: About };

/** A danger of a resource that the head has. All are warnings: they may be just what is wanted. */
export function dangerOf(
  { target, head }: { readonly target: Target; readonly head: Resource },
  { rule, message, about, fieldPath }: Warned,
): Danger {
  const violation = { rule: `danger/${rule}`, severity: 'warning', message, about, fieldPath } as const;
  return { target, resource: head, removed: false, violation };
}

/** What the operator of a target does with its resources. */
export interface Applying {
  /** Deletes and makes anew what it cannot patch. */
  readonly forced: boolean;
  /** Whose annotations on resources it heeds. */
  readonly heeds: readonly Heeded[];
}
