import type { Rendering } from './rendering.ts';
import type { Target } from './target.ts';

/** A target of one commit or of both, with its rendering at each: null at a commit that does not have it. */
export interface ComparedTarget {
  /** The target at the head, or at the base where the head does not have it. */
  readonly target: Target;
  /** False where base and head share one rendering, because nothing that decides it differs. */
  readonly affected: boolean;
  readonly base: Rendering | null;
  readonly head: Rendering | null;
  /**
   * True where the head reviews the same files with the operator's object that uses them now: no
   * cluster had what they rendered to by themselves, so nothing of it is removed.
   */
  readonly handedOver?: true;
}

/** The ids of the targets that the pull request affects. */
export function affectedIds(compared: readonly ComparedTarget[]): Set<string> {
  return new Set(compared.filter(({ affected }) => affected).map(({ target }) => target.id));
}
