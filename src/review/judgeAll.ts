import type { Check } from '../checks/check.ts';
import type { World } from '../checks/world.ts';
import type { CheckJudgement } from '../findings/settle.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Concern } from '../model/finding.ts';
import type { Judgement } from '../model/judgement.ts';
import type { OnStep } from '../model/step.ts';
import { CHECKS } from './checks.ts';
import { withinBudget } from './withinBudget.ts';

/** How checks are run. */
export interface JudgeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: OnStep | undefined;
  /** All checks of a review by default. */
  readonly checks?: readonly Check[];
  /** Milliseconds that one check may take; {@link CHECK_MS} by default. */
  readonly budgetMs?: number;
}

/** Half of what a review has by default, so that the other checks have their say. */
const CHECK_MS = 5 * 60_000;

/**
 * What every check says of base and head. A check that takes longer than its budget, or that
 * runs out of stack, is listed as not validated; the others are heard.
 * @throws when aborted, and whatever else a check does.
 */
export async function judgeAll(
  compared: readonly ComparedTarget[],
  world: World,
  { signal, onStep, checks = CHECKS, budgetMs = CHECK_MS }: JudgeOptions = {},
): Promise<CheckJudgement[]> {
  const running = new Set(checks);
  const tell = () => onStep?.({ stage: stageOf(running) });
  tell();
  const judged = await Promise.all(
    checks.map(async (check) => {
      const work = () => check.judge(compared, world);
      const judgement = await withinBudget(work, { budgetMs, signal }, (why) => unheard(check, why));
      running.delete(check);
      tell();
      return { concern: check.concern, judgement };
    }),
  );
  signal?.throwIfAborted();
  return judged;
}

function stageOf(running: ReadonlySet<Check>): string {
  const concerns = new Set([...running].map(({ concern }) => WORDS[concern]));
  return concerns.size === 0 ? 'checking' : `checking ${[...concerns].join(', ')}`;
}

const WORDS: Readonly<Record<Concern, string>> = {
  render: 'what operators do',
  schemas: 'schemas',
  policies: 'policies',
  secrets: 'Secrets',
};

/** It said nothing of either commit, so nothing counts as fixed. */
function unheard({ concern }: Check, why: string): Judgement {
  const reason = `a check of ${WORDS[concern]} was stopped: ${why}`;
  return { before: [], after: [], gaps: [{ subject: 'all targets', reason, concern }], undecided: [] };
}
