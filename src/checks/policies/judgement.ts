import type { Severity, Violation } from '../../model/finding.ts';
import { type PolicyResult, readResult } from './results.ts';
import type { Evaluation } from './worker/messages.ts';

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
  /** True where it ships with Hydrant: then each result gives the data of its sentence. */
  readonly isBuiltIn: boolean;
  /** Left out where the rule knows no exceptions. */
  readonly exceptions?: {
    /** The rule that names the exceptions of a package. */
    readonly by: string;
    /** By what it names this rule; null for itself. */
    readonly name: string | null;
  };
}

/** What a rule says of its input. */
export interface Said {
  readonly violation: Violation;
  /** The position in a combined input that the rule names; null where it names none. */
  readonly index: number | null;
}

/** What the policies say of one input. */
export interface InputJudgement {
  readonly said: readonly Said[];
  readonly problems: readonly PolicyProblem[];
}

export const NOTHING: InputJudgement = { said: [], problems: [] };

/**
 * Reads what the entrypoints gave for one input.
 * @param rules the entrypoints' rules, in their order.
 */
export function judgementOf(rules: readonly PolicyRule[], row: readonly Evaluation[]): InputJudgement {
  const evaluationOf = (index: number) => row[index] ?? { results: [] };
  const excepted = new Set(
    rules.flatMap(({ exceptions }, index) =>
      exceptions?.name === null ? namesIn(evaluationOf(index)).map((name) => `${exceptions.by}/${name}`) : [],
    ),
  );
  const parts = rules.map((rule, index) => {
    const { exceptions } = rule;
    if (exceptions?.name === null) return { said: [], problems: problemsOf(rule.rule, evaluationOf(index)) };
    const isExcepted = excepted.has(`${exceptions?.by}/${exceptions?.name}`);
    return ruleJudgement(rule, evaluationOf(index), isExcepted ? exceptions?.by : undefined);
  });
  return {
    said: parts.flatMap(({ said }) => said),
    problems: parts.flatMap(({ problems }) => problems),
  };
}

/** The texts in the lists that an exception gives. */
function namesIn(evaluation: Evaluation): string[] {
  if ('error' in evaluation) return [];
  return evaluation.results
    .flatMap((list) => (typeof list === 'object' && list !== null ? Object.values(list) : []))
    .filter((name) => typeof name === 'string');
}

function problemsOf(rule: string, evaluation: Evaluation): PolicyProblem[] {
  return 'error' in evaluation ? [failure(rule, evaluation.error)] : [];
}

/** The judgement of inputs that a whole set could not be asked about. */
export function notJudged(name: string, error: unknown): InputJudgement {
  const reason = error instanceof Error ? error.message : String(error);
  const message = `the policies could not be evaluated: ${reason}`;
  return { said: [], problems: [{ path: name, line: 0, message }] };
}

function ruleJudgement(
  policyRule: PolicyRule,
  evaluation: Evaluation,
  exceptedBy: string | undefined,
): InputJudgement {
  const { rule } = policyRule;
  if ('error' in evaluation) return { said: [], problems: [failure(rule, evaluation.error)] };
  const all = evaluation.results.map(readResult);
  const results = all.filter((result) => result !== null);
  const said = results
    // An empty text passes, as with conftest.
    .filter(({ message }) => message !== '')
    .map((result) => saidBy(policyRule, result, exceptedBy))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const faults = [
    ...(all.includes(null) ? ['a result is neither a text nor an object with a text as msg'] : []),
    ...(policyRule.isBuiltIn && results.some(({ about }) => about === null)
      ? ['a result does not give, as about, the data that its msg is made of']
      : []),
  ];
  return { said, problems: faults.map((fault) => failure(rule, fault)) };
}

/** What a policy says as a violation. Only built-in policies give `about`; of a user's own the message alone counts. */
function saidBy(
  { rule, severity, isBuiltIn }: PolicyRule,
  { message, about, fieldPath, index }: PolicyResult,
  exceptedBy: string | undefined,
): Said {
  return {
    violation: {
      rule,
      severity,
      message,
      about: isBuiltIn ? about : null,
      fieldPath,
      ...(exceptedBy === undefined ? {} : { exceptedBy }),
    },
    index,
  };
}

function failure(rule: string, reason: string): PolicyProblem {
  return { path: rule, line: 0, message: `the policy could not be evaluated: ${reason}` };
}
