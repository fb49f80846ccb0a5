/** What a format is told besides the review; each takes what it has a use for. */
export interface ReportOptions {
  /** Allows terminal colours. */
  readonly color?: boolean;
  /** Shows existing findings one by one, where the format else counts them. */
  readonly all?: boolean;
  /** The names of the rules that ship with Hydrant as policies: each has a page of its own. */
  readonly builtInRules?: readonly string[];
  /** Hydrant's own version. */
  readonly version?: string;
}
