import type { Severity, Violation } from '../../model/finding.ts';
import type { FieldPath } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { Evaluation, Evaluator } from './evaluator.ts';

/** A policy, or a set of them, that could not judge. Line 0 where no line is to blame. */
export interface PolicyProblem {
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

/** A compiled module with the rules of its entrypoints, in the entrypoints' order. */
export interface CompiledPolicies {
  /** What a failure is reported under, such as `built-in policies`. */
  readonly name: string;
  readonly evaluator: Evaluator;
  readonly rules: readonly PolicyRule[];
}

export interface PolicyJudgement {
  /** For each resource what is wrong with it, in a fixed order. */
  readonly violations: readonly (readonly Violation[])[];
  readonly problems: readonly PolicyProblem[];
}

/**
 * Judges resources by compiled policies. A resource that many overlays share, and that is
 * judged in the same environment, is evaluated once.
 */
export class PolicySet {
  readonly #compiled: readonly CompiledPolicies[];
  readonly #known = new Map<string, Promise<PolicyJudgement>>();

  constructor(compiled: readonly CompiledPolicies[]) {
    this.#compiled = compiled;
  }

  /** Policies see of the target its environment and cluster as `data.hydrant.target`. */
  async evaluate(
    resources: readonly Resource[],
    { target: { environment, cluster } }: { readonly target: Target },
  ): Promise<PolicyJudgement> {
    const data = { hydrant: { target: { environment: environment ?? '', cluster: cluster ?? '' } } };
    const inputs = resources.map(({ manifest }) => JSON.stringify(manifest));
    const key = (input: string) => JSON.stringify([data, input]);
    const unknown = [...new Set(inputs.filter((input) => !this.#known.has(key(input))))];
    if (unknown.length > 0) {
      const judged = this.#judge(unknown, data);
      for (const [index, input] of unknown.entries()) {
        const one = judged.then(({ violations, problems }) => ({
          violations: [violations[index] ?? []],
          problems,
        }));
        this.#known.set(key(input), one);
      }
    }
    const judgements = await Promise.all(inputs.map(async (input) => this.#known.get(key(input))));
    return {
      violations: judgements.map((judgement) => judgement?.violations[0] ?? []),
      problems: unique(judgements.flatMap((judgement) => judgement?.problems ?? [])),
    };
  }

  async #judge(inputs: readonly string[], data: object): Promise<PolicyJudgement> {
    const parts = await Promise.all(this.#compiled.map((compiled) => judgeWith(compiled, inputs, data)));
    return {
      violations: inputs.map((_, index) => parts.flatMap((part) => part.violations[index] ?? [])),
      problems: parts.flatMap(({ problems }) => problems),
    };
  }
}

async function judgeWith(
  { name, evaluator, rules }: CompiledPolicies,
  inputs: readonly string[],
  data: object,
): Promise<PolicyJudgement> {
  try {
    const evaluations = await evaluator.evaluate(inputs, data);
    const problems = rules.flatMap((rule, index) =>
      problemsOf(
        rule,
        evaluations.map((row) => row[index]),
      ),
    );
    const violations = evaluations.map((row) =>
      rules.flatMap((rule, index) => violationsOf(rule, row[index])),
    );
    return { violations, problems };
  } catch (error) {
    // The endless or broken policy of one set leaves the others' judgement alone.
    const message = `the policies could not be evaluated: ${error instanceof Error ? error.message : String(error)}`;
    return { violations: inputs.map(() => []), problems: [{ path: name, line: 0, message }] };
  }
}

function problemsOf({ rule }: PolicyRule, evaluations: readonly (Evaluation | undefined)[]): PolicyProblem[] {
  const failed = evaluations.find((evaluation) => evaluation !== undefined && 'error' in evaluation);
  if (failed === undefined || !('error' in failed)) return [];
  return [{ path: rule, line: 0, message: `the policy could not be evaluated: ${failed.error}` }];
}

function violationsOf({ rule, severity }: PolicyRule, evaluation: Evaluation | undefined): Violation[] {
  if (evaluation === undefined || 'error' in evaluation) return [];
  return evaluation.results
    .map((result) => ({ rule, severity, ...readResult(result) }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/**
 * A result is a string, or an object with `msg`, as conftest has it; a built-in policy, and
 * any that wants its finding on a field, adds `path`.
 */
function readResult(result: unknown): { message: string; fieldPath: FieldPath | null } {
  if (typeof result !== 'object' || result === null) return { message: String(result), fieldPath: null };
  const message = 'msg' in result ? String(result.msg) : JSON.stringify(result);
  return { message, fieldPath: 'path' in result ? readPath(result.path) : null };
}

function readPath(path: unknown): FieldPath | null {
  if (!Array.isArray(path)) return null;
  return path.every((step) => typeof step === 'string' || Number.isInteger(step)) ? path : null;
}

function unique(problems: readonly PolicyProblem[]): PolicyProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
