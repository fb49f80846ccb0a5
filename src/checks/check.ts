import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Concern } from '../model/finding.ts';
import type { Judgement } from '../model/judgement.ts';
import type { World } from './world.ts';

/**
 * Something that every review checks. It reports what it finds at base and head as one
 * {@link Judgement}. Whether a violation is new, and on which line it stands, settle() decides.
 */
export interface Check {
  /** The concern whose verdict its gaps count for. */
  readonly concern: Concern;
  /**
   * @param compared all targets of both commits.
   * @throws when aborted; what is wrong with a target, policy or file is in the judgement.
   */
  judge(compared: readonly ComparedTarget[], world: World): Promise<Judgement>;
}
