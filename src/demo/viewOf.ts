import type { GitHubEmulator, Pull } from '../emulator/startGitHub.ts';
import { CONCERNS } from '../model/finding.ts';
import type { PullRequestView } from './view.ts';

/** A pull request of the emulated GitHub as it is to be seen now. */
export function viewOf(github: GitHubEmulator, pull: Pull): PullRequestView {
  const { number, title, author, headBranch, baseBranch, headSha } = pull;
  return {
    number,
    title,
    author: author.login,
    headBranch,
    baseBranch,
    head: headSha,
    checks: github
      .checkRuns(headSha)
      .map((run) => ({
        name: run.name,
        status: run.status,
        conclusion: run.conclusion,
        title: run.title ?? '',
        summary: run.summary ?? '',
        annotations: run.annotations,
      }))
      .toSorted((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name)),
    comments: github.comments(pull).map(({ user, body, reactions }) => ({
      author: user.login,
      body,
      reactions: reactions.map(({ content }) => content),
    })),
  };
}

const ORDER = CONCERNS.map((concern) => `hydrant/${concern}`);
