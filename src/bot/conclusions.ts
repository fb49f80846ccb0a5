import { isGitError } from '../git/error.ts';
import { placeOf, ReviewEnded } from '../isolation/reviewEnded.ts';
import { code, prose } from '../report/markdown/escape.ts';
import { TriedEnough } from './attempts.ts';
import type { Conclusion } from './publish/checkRuns.ts';
import { NoMergeBase } from './reviewer.ts';
import { Stopped } from './stopped.ts';

/**
 * What the check runs say of a review that did not come to its end. Every head gets a
 * conclusion, and none of these is green.
 * @param reference finds the error in the bot's log.
 */
export function conclusionOf(error: unknown, reference: string): Conclusion {
  if (error instanceof Stopped) return stopped(error);
  if (error instanceof NoMergeBase) {
    return say(
      'failure',
      'No merge base',
      `Nothing was compared: ${error.message}. Rebase the branch onto its base branch.`,
    );
  }
  if (error instanceof ReviewEnded) return ended(error, reference);
  if (error instanceof TriedEnough) return triedEnough(error);
  if (isGitError(error, 'object-missing')) {
    return say(
      'cancelled',
      'The head no longer exists',
      'GitHub no longer has this commit, most likely after a force-push. The newer head is reviewed on its own.',
    );
  }
  if (isGitError(error, 'tree-too-large'))
    return say('failure', 'Too large to be reviewed', `Nothing was validated: ${prose(error.message)}`);
  return say(
    'failure',
    'Hydrant could not finish',
    `Nothing was validated, because of an error that is not the pull request's. Run the check again, or comment \`/hydrant validate\`. The operator finds the error in the log by its reference: \`${reference}\`.`,
  );
}

/** What is known of a review that needed too much; a name of the repository has no effect in it. */
function ended({ need, step }: ReviewEnded, reference: string): Conclusion {
  return say(
    'failure',
    sentence(need),
    `${sentence(placeOf(step, code))}. Nothing was validated. Make what is reviewed smaller, such as by a pull request for each part, or ask the operator of Hydrant for higher limits; the log has the details by the reference \`${reference}\`. The same commit is tried again at most twice, where the check is run again or by \`/hydrant validate\`.`,
  );
}

function triedEnough({ attempts, last }: TriedEnough): Conclusion {
  const why = last === null ? 'Hydrant itself ended during the last one.' : `The last time: ${prose(last)}.`;
  return say(
    'failure',
    'Not reviewed again',
    `Each of ${attempts} reviews of this commit was ended before it came to its end, so it is not tried again. ${why} A new commit is reviewed.`,
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function stopped({ kind }: Stopped): Conclusion {
  return kind === 'closed'
    ? say(
        'cancelled',
        'The pull request was closed',
        'The review was stopped when the pull request was closed.',
      )
    : say('cancelled', 'Superseded', 'A newer review of this pull request took the place of this one.');
}

function say(conclusion: Conclusion['conclusion'], title: string, summary: string): Conclusion {
  return { conclusion, title, summary, annotations: [] };
}
