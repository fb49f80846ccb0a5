import type { Rendering } from './rendering.ts';
import type { Target } from './target.ts';

/** A target with its renderings. A side is null where the target does not exist there. */
export interface Sides {
  /** The head's; the base's where the head has none. */
  readonly target: Target;
  /** False: both sides are one rendering. */
  readonly affected: boolean;
  readonly base: Rendering | null;
  readonly head: Rendering | null;
}

/** The ids of the targets that the pull request affects. */
export function affectedIds(sides: readonly Sides[]): Set<string> {
  return new Set(sides.filter(({ affected }) => affected).map(({ target }) => target.id));
}
