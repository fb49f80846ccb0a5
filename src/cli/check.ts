import { enginePath } from '../engine/process.ts';
import type { Repository } from '../git/repository.ts';
import type { Review } from '../model/review.ts';
import type { OnStep } from '../model/step.ts';
import { reviewRepository } from '../review/reviewRepository.ts';
import { SETTINGS_RULE } from '../settings/reviewSettings.ts';
import { cacheFolder } from '../store/cacheFolder.ts';
import { openFactStore } from '../store/factStore.ts';
import { EXIT } from './exit.ts';
import { withWorkplace } from './open.ts';
import { type Output, outputsOf } from './outputs.ts';
import type { FetchOptions } from './remotes.ts';
import type { ColorWhen } from './wantsColor.ts';
import { writeOutputs } from './writeOutputs.ts';

export interface CheckOptions extends FetchOptions {
  readonly repo: string;
  readonly base?: string;
  readonly head: string;
  /** `text`, printed, by default. */
  readonly format?: readonly Output[];
  /** The file of the format that names none of its own. */
  readonly output?: string;
  readonly color: ColorWhen;
  /** True: existing findings are printed one by one. */
  readonly all?: boolean;
  /** False: what earlier reviews kept is not looked at, and nothing is kept. */
  readonly cache?: boolean;
}

/**
 * `hydrant check`: reviews two commits of a local clone and prints the review.
 * @returns the exit code.
 * @throws {GitError} where there is no repository or no such revision.
 */
export async function runCheck(options: CheckOptions, onStep: OnStep): Promise<number> {
  const outputs = outputsOf(options);
  const kept = options.cache === false ? undefined : await openFactStore(cacheFolder('facts'), enginePath());
  try {
    return await withWorkplace({ ...options, onStep }, async ({ repository, engine, openRemotes }) => {
      const head = await repository.resolve(options.head);
      const base = await baseOf(repository, options.base, head);
      const review = await reviewRepository({ repository, base, head, engine, openRemotes, kept, onStep });
      await writeOutputs(review, { ...options, outputs });
      return exitCodeOf(review);
    });
  } finally {
    await kept?.close();
  }
}

async function baseOf(repository: Repository, base: string | undefined, head: string): Promise<string> {
  if (base !== undefined) return repository.resolve(base);
  const branch = await repository.defaultBranch();
  const found = await repository.mergeBase(branch, head);
  if (found === null) {
    throw new Error(
      `${head} has no commit in common with ${branch}; name the commit to compare with: --base REV`,
    );
  }
  return found;
}

function exitCodeOf({ verdicts, verdict, findings }: Review): number {
  const brokenSettings = findings.some(
    ({ rule, severity }) => rule === SETTINGS_RULE && severity === 'error',
  );
  if (brokenSettings) return EXIT.couldNotRun;
  if (verdict === 'failure') return EXIT.newErrors;
  return Object.values(verdicts).includes('neutral') ? EXIT.notValidated : EXIT.passed;
}
