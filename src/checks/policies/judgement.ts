import type { Severity, Violation } from '../../model/finding.ts';
import type { Evaluation } from './evaluator.ts';
import { readResult } from './results.ts';

/** A policy, or a set of them, that could not judge. Line 0 where no line is to blame. */
export interface PolicyProblem {
  /** The file; the rule's name, or the set's, where the line is 0. */
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One rule of a compiled module. */
export interface PolicyRule {
  /** `<category>/<rule>`. */
  readonly rule: string;
  readonly severity: Severity;
}

/** What a rule says of its input. */
export interface Said {
  readonly violation: Violation;
  /** The position in a combined input that the rule names; null where it names none. */
  readonly index: number | null;
}

/** What one input's judgement is. */
export interface Judgement {
  readonly said: readonly Said[];
  readonly problems: readonly PolicyProblem[];
}

export const NOTHING: Judgement = { said: [], problems: [] };

/**
 * Reads what the entrypoints gave for one input.
 * @param rules the entrypoints' rules, in their order.
 */
export function judgementOf(rules: readonly PolicyRule[], row: readonly Evaluation[]): Judgement {
  const parts = rules.map((rule, index) => ruleJudgement(rule, row[index] ?? { results: [] }));
  return {
    said: parts.flatMap(({ said }) => said),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** The judgement of inputs that a whole set could not be asked about. */
export function notJudged(name: string, error: unknown): Judgement {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `the policies could not be evaluated: ${reason}`;
  return { said: [], problems: [{ path: name, line: 0, message }] };
}

function ruleJudgement({ rule, severity }: PolicyRule, evaluation: Evaluation): Judgement {
  if ('error' in evaluation) return { said: [], problems: [failure(rule, evaluation.error)] };
  const results = evaluation.results.map(readResult);
  const said = results
    .filter((result) => result !== null)
    .map(({ index, ...result }): Said => ({ violation: { rule, severity, ...result }, index }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const unread = results.includes(null)
    ? 'a result is neither a text nor an object with a text as msg'
    : null;
  return { said, problems: unread === null ? [] : [failure(rule, unread)] };
}

function failure(rule: string, reason: string): PolicyProblem {
  return { path: rule, line: 0, message: `the policy could not be evaluated: ${reason}` };
}
