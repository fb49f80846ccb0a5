import type { Pull, World } from '../world.ts';
import { authorAssociation } from './association.ts';
import { type Json, nodeId } from './json.ts';
import { reactionsRollup } from './reaction.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { userObject } from './user.ts';

/** The issue that every pull request is, as an `issue_comment` event carries it. */
export function issueObject(world: World, pull: Pull): Json {
  const { id, number, repository, author } = pull;
  const base = repositoryUrl(world, repository);
  const url = `${base}/issues/${number}`;
  const page = `${repositoryPage(world, repository)}/pull/${number}`;
  return {
    url,
    repository_url: base,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: page,
    id,
    node_id: nodeId('PullRequest', id),
    number,
    title: pull.title,
    user: userObject(world, author),
    labels: [],
    state: pull.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: world.comments.filter((comment) => comment.pull === pull).length,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    author_association: authorAssociation(world, repository, author),
    active_lock_reason: null,
    draft: pull.draft,
    pull_request: {
      url: `${base}/pulls/${number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: null,
    },
    body: pull.body,
    reactions: reactionsRollup(url, []),
    performed_via_github_app: null,
    state_reason: null,
  };
}
