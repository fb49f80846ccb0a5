import type { Repository } from '../git/repository.ts';
import type { Review } from '../model/review.ts';
import { renderComment } from '../report/comment.ts';
import { renderJson } from '../report/json.ts';
import { renderText } from '../report/text.ts';
import { reviewRepository } from '../review/reviewRepository.ts';
import { SETTINGS_RULE } from '../settings/reviewSettings.ts';
import { EXIT } from './exit.ts';
import { withWorkplace } from './open.ts';

export interface CheckOptions {
  readonly repo: string;
  readonly base?: string;
  readonly head: string;
  readonly format: 'text' | 'json' | 'markdown';
}

/**
 * `hydrant check`: reviews two commits of a local clone and prints the review.
 * @returns the exit code.
 * @throws {GitError} where there is no repository or no such revision.
 */
export async function runCheck(options: CheckOptions): Promise<number> {
  return withWorkplace(options.repo, async ({ repository, engine, openRemotes }) => {
    const head = await repository.resolve(options.head);
    const base = await baseOf(repository, options.base, head);
    const review = await reviewRepository({ repository, base, head, engine, openRemotes });
    process.stdout.write(print(review, options.format));
    return exitCodeOf(review);
  });
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

function print(review: Review, format: CheckOptions['format']): string {
  switch (format) {
    case 'json':
      return renderJson(review);
    case 'markdown':
      return renderComment(review);
    case 'text':
      return renderText(review, { color: process.stdout.isTTY === true });
  }
}

function exitCodeOf({ verdicts, verdict, findings }: Review): number {
  const brokenSettings = findings.some(
    ({ rule, severity }) => rule === SETTINGS_RULE && severity === 'error',
  );
  if (brokenSettings) return EXIT.couldNotRun;
  if (verdict === 'failure') return EXIT.newErrors;
  return Object.values(verdicts).includes('neutral') ? EXIT.notValidated : EXIT.passed;
}
