import { createHash } from 'node:crypto';
import type { Severity, Violation } from '../../model/finding.ts';
import type { Target } from '../../model/target.ts';
import type { Evaluation, Evaluator } from './evaluator.ts';
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

export type TargetField = Exclude<keyof Target, 'kind'>;

/** What one manifest's judgement is. */
export interface ManifestJudgement {
  readonly violations: readonly Violation[];
  readonly problems: readonly PolicyProblem[];
}

export interface CompiledOptions {
  /** What a failure of all is reported under, such as `built-in policies`. */
  readonly name: string;
  readonly evaluator: Evaluator;
  /** The rules of the entrypoints, in their order. */
  readonly rules: readonly PolicyRule[];
  /** The fields of the target that the policies look at. */
  readonly targetFields: readonly TargetField[];
}

/**
 * One WebAssembly module of policies. Equal manifests are evaluated once, over all targets
 * that do not differ in what the policies look at.
 */
export class CompiledPolicies {
  readonly #options: CompiledOptions;
  readonly #known = new Map<string, Promise<ManifestJudgement>>();

  constructor(options: CompiledOptions) {
    this.#options = options;
  }

  /**
   * Judges manifests, given as JSON texts.
   * @returns a judgement for each, in their order.
   */
  async judge(manifests: readonly string[], target: Target): Promise<ManifestJudgement[]> {
    const data = this.#dataOf(target);
    const keys = manifests.map((manifest) => digest(JSON.stringify(data), manifest));
    const unknown = new Map(
      manifests.flatMap((manifest, index) => {
        const key = keys[index] ?? '';
        return this.#known.has(key) ? [] : [[key, manifest] as const];
      }),
    );
    if (unknown.size > 0) {
      const judged = this.#evaluate([...unknown.values()], data);
      for (const [index, key] of [...unknown.keys()].entries()) {
        const one = judged.then((judgements) => judgements[index] ?? NOTHING);
        this.#known.set(key, one);
      }
    }
    return Promise.all(keys.map(async (key) => (await this.#known.get(key)) ?? NOTHING));
  }

  #dataOf(target: Target): object {
    const { targetFields } = this.#options;
    if (targetFields.length === 0) return {};
    return { hydrant: { target: Object.fromEntries(targetFields.map((field) => [field, target[field]])) } };
  }

  async #evaluate(manifests: readonly string[], data: object): Promise<ManifestJudgement[]> {
    const { name, evaluator, rules } = this.#options;
    try {
      const rows = await evaluator.evaluate(manifests, data);
      return rows.map((row) => {
        const parts = rules.map((rule, index) => judgementOf(rule, row[index] ?? { results: [] }));
        return {
          violations: parts.flatMap(({ violations }) => violations),
          problems: parts.flatMap(({ problems }) => problems),
        };
      });
    } catch (error) {
      // The failure of one set leaves the others' judgement alone.
      const reason = error instanceof Error ? error.message : String(error);
      const problem = { path: name, line: 0, message: `the policies could not be evaluated: ${reason}` };
      return manifests.map(() => ({ violations: [], problems: [problem] }));
    }
  }
}

const NOTHING: ManifestJudgement = { violations: [], problems: [] };

function digest(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} ${part}`);
  return hash.digest('base64');
}

function judgementOf({ rule, severity }: PolicyRule, evaluation: Evaluation): ManifestJudgement {
  if ('error' in evaluation) return { violations: [], problems: [failure(rule, evaluation.error)] };
  const results = evaluation.results.map(readResult);
  const violations = results
    .filter((result) => result !== null)
    .map((result): Violation => ({ rule, severity, ...result }))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const unread = results.includes(null)
    ? 'a result is neither a text nor an object with a text as msg'
    : null;
  return { violations, problems: unread === null ? [] : [failure(rule, unread)] };
}

function failure(rule: string, reason: string): PolicyProblem {
  return { path: rule, line: 0, message: `the policy could not be evaluated: ${reason}` };
}
