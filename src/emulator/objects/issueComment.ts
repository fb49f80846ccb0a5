import type { Comment, World } from '../world.ts';
import { appObject } from './app.ts';
import { authorAssociation } from './association.ts';
import { type Json, nodeId } from './json.ts';
import { reactionsRollup } from './reaction.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { userObject } from './user.ts';

/** https://docs.github.com/rest/issues/comments#get-an-issue-comment */
export function issueCommentObject(world: World, comment: Comment): Json {
  const { id, pull, user } = comment;
  const base = repositoryUrl(world, pull.repository);
  const url = `${base}/issues/comments/${id}`;
  return {
    url,
    html_url: `${repositoryPage(world, pull.repository)}/pull/${pull.number}#issuecomment-${id}`,
    issue_url: `${base}/issues/${pull.number}`,
    id,
    node_id: nodeId('IssueComment', id),
    user: userObject(world, user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: authorAssociation(world, pull.repository, user),
    body: comment.body,
    reactions: reactionsRollup(url, comment.reactions),
    performed_via_github_app: user === world.bot ? appObject(world) : null,
  };
}
