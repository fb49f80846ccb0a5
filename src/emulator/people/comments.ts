import { issueObject } from '../objects/issue.ts';
import { issueCommentObject } from '../objects/issueComment.ts';
import { type Comment, now, type Pull } from '../world.ts';
import type { Stage } from './stage.ts';

/** Writes below a pull request. */
export async function comment(
  stage: Stage,
  pull: Pull,
  { user, body }: { readonly user: string; readonly body: string },
): Promise<Comment> {
  const { world } = stage;
  const at = now();
  const account = world.account(user);
  const made: Comment = {
    id: world.nextId(),
    pull,
    user: account,
    body,
    createdAt: at,
    updatedAt: at,
    reactions: [],
  };
  world.comments.push(made);
  await tellComment(stage, made);
  return made;
}

/** Writes another text in place of a comment's. */
export async function editComment(
  { world, webhooks }: Stage,
  edited: Comment,
  { user, body }: { readonly user: string; readonly body: string },
): Promise<void> {
  const from = edited.body;
  edited.body = body;
  edited.updatedAt = now();
  await webhooks.send({
    event: 'issue_comment',
    action: 'edited',
    repository: edited.pull.repository,
    sender: world.account(user),
    fields: {
      changes: { body: { from } },
      issue: issueObject(world, edited.pull),
      comment: issueCommentObject(world, edited),
    },
  });
}

/** Tells the App of a new comment, be it its own. */
export async function tellComment({ world, webhooks }: Stage, made: Comment): Promise<void> {
  await webhooks.send({
    event: 'issue_comment',
    action: 'created',
    repository: made.pull.repository,
    sender: made.user,
    fields: { issue: issueObject(world, made.pull), comment: issueCommentObject(world, made) },
  });
}
