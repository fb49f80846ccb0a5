import type { Violation } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';
import type { InputJudgement, PolicyProblem } from './judgement.ts';
import type { PolicyModule, Surroundings } from './policyModule.ts';

export type { PolicyProblem } from './judgement.ts';

export interface PolicyJudgement {
  /** For each resource what is wrong with it, in a fixed order. */
  readonly violations: readonly (readonly Violation[])[];
  /** What is wrong with the target as a whole: what rules for all of its resources say of none of them. */
  readonly ofTarget: readonly Violation[];
  /** The policies that could not judge; what they would have found is not validated. */
  readonly problems: readonly PolicyProblem[];
}

/** Judges resources by compiled policies: the built-in ones and the user's. */
export class PolicySet {
  readonly #modules: readonly PolicyModule[];
  readonly #missing: readonly PolicyProblem[];

  /** @param missing policies that should have been among the compiled; every judgement lacks them. */
  constructor(modules: readonly PolicyModule[], missing: readonly PolicyProblem[] = []) {
    this.#modules = modules;
    this.#missing = missing;
  }

  /** True where a target's judgement may depend on the others of its cluster. */
  get looksAround(): boolean {
    return this.#modules.some((module) => module.looksAround);
  }

  /** True where it may depend on what is near the target. */
  get looksNear(): boolean {
    return this.#modules.some((module) => module.looksNear);
  }

  /** Never throws for what a policy does: that is among the problems. */
  async evaluate(resources: readonly Resource[], surroundings: Surroundings): Promise<PolicyJudgement> {
    const manifests = textsOf(resources);
    const [each, together] = await Promise.all([
      this.evaluateEach(resources, surroundings),
      Promise.all(this.#modules.map((module) => module.judgeTogether(manifests, surroundings))),
    ]);
    const combined = together.filter((judgement) => judgement !== null);
    return {
      violations: each.violations.map((own, index) => [...own, ...saidOf(combined, (at) => at === index)]),
      ofTarget: ofTarget(combined, resources),
      problems: unique([...each.problems, ...combined.flatMap(({ problems }) => problems)]),
    };
  }

  /** By the rules for one resource only. */
  async evaluateEach(
    resources: readonly Resource[],
    surroundings: Surroundings,
  ): Promise<Omit<PolicyJudgement, 'ofTarget'>> {
    const manifests = textsOf(resources);
    const each = await Promise.all(this.#modules.map((module) => module.judgeEach(manifests, surroundings)));
    return {
      violations: resources.map((_, index) =>
        each.flatMap((part) => part[index]?.said.map(({ violation }) => violation) ?? []),
      ),
      problems: this.#problemsOf(resources, each.flat()),
    };
  }

  /** By those rules only that look at other targets of the cluster, and those that stand with them. */
  async evaluateAround(resources: readonly Resource[], surroundings: Surroundings): Promise<PolicyJudgement> {
    const modules = this.#modules.filter(({ looksAround, looksNear }) => looksAround || looksNear);
    const manifests = textsOf(resources);
    const together = await Promise.all(
      modules.map((module) => module.judgeTogether(manifests, surroundings)),
    );
    const combined = together.filter((judgement) => judgement !== null);
    return {
      violations: resources.map((_, index) => saidOf(combined, (at) => at === index)),
      ofTarget: ofTarget(combined, resources),
      problems: unique(combined.flatMap(({ problems }) => problems)),
    };
  }

  #problemsOf(resources: readonly Resource[], judgements: readonly InputJudgement[]): PolicyProblem[] {
    if (resources.length === 0) return [];
    return unique([...this.#missing, ...judgements.flatMap(({ problems }) => problems)]);
  }
}

/** Redacted values are written as the text that stands for them. */
function textsOf(resources: readonly Resource[]): string[] {
  return resources.map(({ manifest }) => JSON.stringify(manifest));
}

/** A field is one of a resource: without one there is none. */
function ofTarget(judgements: readonly InputJudgement[], resources: readonly Resource[]): Violation[] {
  return saidOf(judgements, (at) => at === null || resources[at] === undefined).map((violation) => ({
    ...violation,
    fieldPath: null,
  }));
}

function saidOf(judgements: readonly InputJudgement[], isOf: (at: number | null) => boolean): Violation[] {
  return judgements.flatMap(({ said }) =>
    said.filter(({ index }) => isOf(index)).map(({ violation }) => violation),
  );
}

function unique(problems: readonly PolicyProblem[]): PolicyProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
