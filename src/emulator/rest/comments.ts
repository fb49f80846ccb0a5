import { issueCommentObject } from '../objects/issueComment.ts';
import { reactionObject } from '../objects/reaction.ts';
import { type Comment, now, type Reaction } from '../world.ts';
import { type Call, invalid, type Needs, notFound, type Route, repositoryOf } from './call.ts';
import { pageOf } from './paging.ts';
import { pullOf } from './pulls.ts';

const COMMENT = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
/** For comments on pull requests either does. */
const READ: Needs = [{ issues: 'read' }, { pull_requests: 'read' }];
const WRITE: Needs = [{ issues: 'write' }, { pull_requests: 'write' }];

export const commentRoutes: readonly Route[] = [
  { operation: `GET ${COMMENT}/reactions`, needs: READ, answer: listReactions },
  { operation: `POST ${COMMENT}/reactions`, needs: WRITE, answer: react },
  { operation: `DELETE ${COMMENT}/reactions/{reaction_id}`, needs: WRITE, answer: unreact },
  {
    operation: `GET ${COMMENT}`,
    needs: READ,
    answer: (call) => ({ status: 200, body: issueCommentObject(call.world, commentOf(call)) }),
  },
  { operation: `PATCH ${COMMENT}`, needs: WRITE, answer: update },
  { operation: `DELETE ${COMMENT}`, needs: WRITE, answer: remove },
  { operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', needs: READ, answer: list },
  {
    operation: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    needs: WRITE,
    answer: create,
  },
];

function commentOf(call: Call): Comment {
  const repository = repositoryOf(call);
  const comment = call.world.comments.find(
    ({ id, pull }) => pull.repository === repository && String(id) === call.params.comment_id,
  );
  if (comment === undefined) throw notFound();
  return comment;
}

function list(call: Call) {
  const { world, query } = call;
  const pull = pullOf(call, 'issue_number');
  const since = query.since === undefined ? 0 : Date.parse(query.since);
  const all = world.comments.filter((one) => one.pull === pull && Date.parse(one.updatedAt) >= since);
  const { items, headers } = pageOf(call, all);
  return { status: 200, headers, body: items.map((one) => issueCommentObject(world, one)) };
}

function create(call: Call) {
  const { world } = call;
  const pull = pullOf(call, 'issue_number');
  const at = now();
  const comment: Comment = {
    id: world.nextId(),
    pull,
    user: world.bot,
    body: bodyOf(call),
    createdAt: at,
    updatedAt: at,
    reactions: [],
  };
  world.comments.push(comment);
  world.own.commented(comment);
  const body = issueCommentObject(world, comment);
  return { status: 201, headers: { location: String(body.url) }, body };
}

function update(call: Call) {
  const comment = commentOf(call);
  comment.body = bodyOf(call);
  comment.updatedAt = now();
  return { status: 200, body: issueCommentObject(call.world, comment) };
}

function remove(call: Call) {
  call.world.comments.splice(call.world.comments.indexOf(commentOf(call)), 1);
  return { status: 204 };
}

function bodyOf({ body, world }: Call): string {
  const text = String(body.body);
  if (text.trim() === '') throw invalid('IssueComment', 'body', 'Body cannot be blank');
  const { comment: most } = world.limits;
  if (Array.from(text).length > most) {
    throw invalid('IssueComment', 'body', `Body is too long (maximum is ${most} characters)`);
  }
  return text;
}

function listReactions(call: Call) {
  const { content } = call.query;
  const all = commentOf(call).reactions.filter((one) => content === undefined || one.content === content);
  const { items, headers } = pageOf(call, all);
  return { status: 200, headers, body: items.map((one) => reactionObject(call.world, one)) };
}

function react(call: Call) {
  const { world, body } = call;
  const { reactions } = commentOf(call);
  const content = String(body.content);
  const known = reactions.find((one) => one.user === world.bot && one.content === content);
  if (known !== undefined) return { status: 200, body: reactionObject(world, known) };
  const reaction: Reaction = { id: world.nextId(), user: world.bot, content, createdAt: now() };
  reactions.push(reaction);
  return { status: 201, body: reactionObject(world, reaction) };
}

function unreact(call: Call) {
  const { reactions } = commentOf(call);
  const index = reactions.findIndex(({ id }) => String(id) === call.params.reaction_id);
  if (index < 0) throw notFound();
  reactions.splice(index, 1);
  return { status: 204 };
}
