import type { RulePages } from './rulePage.ts';

/** What a format is told besides the review; each takes what it has a use for. */
export interface ReportOptions {
  /** Allows terminal colours. */
  readonly color?: boolean;
  /** Shows existing findings one by one, where the format else counts them. */
  readonly all?: boolean;
  /** Where the pages about rules are read; without it, rules are named and not linked. */
  readonly rulePages?: RulePages | undefined;
  /** Hydrant's own version. */
  readonly version?: string;
}
