import type { Violation } from '../../model/finding.ts';

/** What rules say of one resource. */
export interface RuleJudgement {
  readonly violations: readonly Violation[];
  /** Why some of them could not tell, each a part of a sentence. */
  readonly unchecked: readonly string[];
}

export const NOTHING: RuleJudgement = { violations: [], unchecked: [] };
