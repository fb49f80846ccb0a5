import type { Violation } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { CompiledPolicies, PolicyProblem } from './compiledPolicies.ts';

export type { PolicyProblem } from './compiledPolicies.ts';

export interface PolicyJudgement {
  /** For each resource what is wrong with it, in a fixed order. */
  readonly violations: readonly (readonly Violation[])[];
  /** The policies that could not judge; what they would have found is not validated. */
  readonly problems: readonly PolicyProblem[];
}

/** Judges resources by compiled policies: the built-in ones and the user's. */
export class PolicySet {
  readonly #compiled: readonly CompiledPolicies[];
  readonly #missing: readonly PolicyProblem[];

  /** @param missing policies that should have been among the compiled; every judgement lacks them. */
  constructor(compiled: readonly CompiledPolicies[], missing: readonly PolicyProblem[] = []) {
    this.#compiled = compiled;
    this.#missing = missing;
  }

  /** Never throws for what a policy does: that is among the problems. */
  async evaluate(
    resources: readonly Resource[],
    { target }: { readonly target: Target },
  ): Promise<PolicyJudgement> {
    // Redacted values are written as the text that stands for them.
    const manifests = resources.map(({ manifest }) => JSON.stringify(manifest));
    const parts = await Promise.all(this.#compiled.map((compiled) => compiled.judge(manifests, target)));
    const problems = parts.flatMap((part) => part.flatMap((judgement) => judgement.problems));
    return {
      violations: resources.map((_, index) => parts.flatMap((part) => part[index]?.violations ?? [])),
      problems: unique(resources.length === 0 ? [] : [...this.#missing, ...problems]),
    };
  }
}

function unique(problems: readonly PolicyProblem[]): PolicyProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
