import type { Pull, World } from '../world.ts';
import { authorAssociation } from './association.ts';
import { type Json, nodeId } from './json.ts';
import { repositoryObject, repositoryPage, repositoryUrl } from './repository.ts';
import { userObject } from './user.ts';

/** https://docs.github.com/rest/pulls/pulls#list-pull-requests: an item of the list. */
export function simplePullObject(world: World, pull: Pull): Json {
  const { id, number, repository, author, headRepository } = pull;
  return {
    ...addresses(world, pull),
    id,
    node_id: nodeId('PullRequest', id),
    number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: userObject(world, author),
    body: pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.draft,
    head: {
      label: `${headRepository.owner.login}:${pull.headBranch}`,
      ref: pull.headBranch,
      sha: pull.headSha,
      user: userObject(world, headRepository.owner),
      repo: headRepository.deleted ? null : repositoryObject(world, headRepository),
    },
    base: {
      label: `${repository.owner.login}:${pull.baseBranch}`,
      ref: pull.baseBranch,
      sha: pull.baseSha,
      user: userObject(world, repository.owner),
      repo: repositoryObject(world, repository),
    },
    author_association: authorAssociation(world, repository, author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** https://docs.github.com/rest/pulls/pulls#get-a-pull-request, and what webhooks carry. */
export function pullObject(world: World, pull: Pull): Json {
  return {
    ...simplePullObject(world, pull),
    merged: false,
    mergeable: null,
    rebaseable: null,
    mergeable_state: 'unknown',
    merged_by: null,
    comments: world.comments.filter((comment) => comment.pull === pull).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: pull.size.commits,
    additions: pull.size.additions,
    deletions: pull.size.deletions,
    changed_files: pull.size.changedFiles,
  };
}

/** A pull request as check runs name it. GitHub names none whose head is in a fork. */
export function checkPullObjects(world: World, sha: string): Json[] {
  const pulls = world.pulls.filter(
    ({ headSha, headRepository, repository, state }) =>
      headSha === sha && headRepository === repository && state === 'open',
  );
  return pulls.map(({ id, number, repository, headBranch, headSha, baseBranch, baseSha }) => {
    const url = repositoryUrl(world, repository);
    const repo = { id: repository.id, url, name: repository.name };
    return {
      url: `${url}/pulls/${number}`,
      id,
      number,
      head: { ref: headBranch, sha: headSha, repo },
      base: { ref: baseBranch, sha: baseSha, repo },
    };
  });
}

function addresses(world: World, { repository, number, headSha }: Pull): Json {
  const base = repositoryUrl(world, repository);
  const page = `${repositoryPage(world, repository)}/pull/${number}`;
  const url = `${base}/pulls/${number}`;
  const issue = `${base}/issues/${number}`;
  const others = {
    comments_url: `${issue}/comments`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${base}/pulls/comments{/number}`,
    commits_url: `${url}/commits`,
    statuses_url: `${base}/statuses/${headSha}`,
  };
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    ...others,
    _links: {
      self: { href: url },
      html: { href: page },
      issue: { href: issue },
      comments: { href: others.comments_url },
      review_comments: { href: others.review_comments_url },
      review_comment: { href: others.review_comment_url },
      commits: { href: others.commits_url },
      statuses: { href: others.statuses_url },
    },
  };
}
