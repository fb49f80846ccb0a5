import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Concern } from '../model/finding.ts';
import type { Judgement } from '../model/judgement.ts';
import type { World } from './world.ts';

/**
 * Something that is checked of every review. What a check says of base and head is one
 * {@link Judgement}; whether it is new, and on which line it stands, is not its matter.
 */
export interface Check {
  /** Whose verdict it counts for where it could not validate something. */
  readonly concern: Concern;
  /**
   * @param compared all targets of both commits.
   * @throws when aborted; what is wrong with a target, policy or file is in the judgement.
   */
  judge(compared: readonly ComparedTarget[], world: World): Promise<Judgement>;
}
