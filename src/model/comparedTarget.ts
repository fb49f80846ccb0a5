import type { Rendering } from './rendering.ts';
import type { Target } from './target.ts';

/** A target with its renderings. A commit is null where the target does not exist there. */
export interface ComparedTarget {
  /** The head's; the base's where the head has none. */
  readonly target: Target;
  /** False: both commits have one rendering. */
  readonly affected: boolean;
  readonly base: Rendering | null;
  readonly head: Rendering | null;
}

/** The ids of the targets that the pull request affects. */
export function affectedIds(compared: readonly ComparedTarget[]): Set<string> {
  return new Set(compared.filter(({ affected }) => affected).map(({ target }) => target.id));
}
