import type { Delivery } from '../webhooks.ts';
import type { Comment, Permission, Pull, Repository } from '../world.ts';
import {
  mergeGroup,
  type NewMergeGroup,
  rerequestCheckRun,
  rerequestCheckSuite,
  tellCheckRun,
} from './checks.ts';
import { comment, editComment, tellComment } from './comments.ts';
import {
  changeBase,
  closePull,
  type NewPull,
  openPull,
  push,
  pushBranch,
  readyForReview,
  reopenPull,
} from './pulls.ts';
import { addRepository, collectGarbage, deleteFork, type NewRepository } from './repositories.ts';
import type { Stage } from './stage.ts';

/**
 * What people do at GitHub. What the App is told of resolves when its answer to the webhook
 * has arrived (or it was clear that there is none).
 */
export interface Actions {
  /** A repository with the App installed on its owner; all branches of the local one. */
  addRepository(wanted: NewRepository): Promise<Repository>;
  /** Pushes a branch and opens a pull request of it. */
  openPull(wanted: NewPull): Promise<Pull>;
  /** Moves an open pull request's head to a commit of the source, as a (forced) push does. */
  push(pull: Pull, revision: string): Promise<Delivery>;
  /**
   * Moves a branch, or makes it. Open pull requests that have it as their head follow; those
   * that have it as their base are not told, as at GitHub. Gives the commit's full id.
   */
  pushBranch(repository: Repository, branch: string, revision: string): Promise<string>;
  /** Deletes the fork that a pull request comes from: its `head.repo` is null from now on. */
  deleteFork(pull: Pull): void;
  /** Forgets commits that no branch or pull request has any more, as GitHub does at times. */
  collectGarbage(repository: Repository): Promise<void>;
  comment(pull: Pull, comment: { readonly user: string; readonly body: string }): Promise<Comment>;
  /** Edits a comment, be it another's. */
  editComment(comment: Comment, edit: { readonly user: string; readonly body: string }): Promise<void>;
  closePull(pull: Pull): Promise<Delivery>;
  reopenPull(pull: Pull): Promise<Delivery>;
  readyForReview(pull: Pull): Promise<Delivery>;
  /** @throws when there is no such branch. */
  changeBase(pull: Pull, branch: string): Promise<Delivery>;
  /** "Re-run" of one completed check, by `octocat` when nobody is named. */
  rerequestCheckRun(id: number, user?: string): Promise<Delivery>;
  /** "Re-run all checks" of a commit, by `octocat` when nobody is named. */
  rerequestCheckSuite(sha: string, user?: string): Promise<Delivery>;
  /** The merge queue makes a branch for a group and asks for checks on it. */
  mergeGroup(group: NewMergeGroup): Promise<Delivery>;
  /** What a person may do in every repository; who was never named may nothing. */
  setPermission(login: string, permission: Permission): void;
}

/** The actions on a stage; the App is told of what it does itself, too, without waiting. */
export function actionsOn(stage: Stage): Actions {
  const { world, webhooks } = stage;
  world.own.commented = (made) => webhooks.inBackground(tellComment(stage, made));
  world.own.changedCheckRun = (run, action) => webhooks.inBackground(tellCheckRun(stage, run, action));
  return {
    addRepository: (wanted) => addRepository(stage, wanted),
    openPull: (wanted) => openPull(stage, wanted),
    push: (pull, revision) => push(stage, pull, revision),
    pushBranch: (repository, branch, revision) => pushBranch(stage, repository, { branch, revision }),
    deleteFork,
    collectGarbage,
    comment: (pull, said) => comment(stage, pull, said),
    editComment: (one, edit) => editComment(stage, one, edit),
    closePull: (pull) => closePull(stage, pull),
    reopenPull: (pull) => reopenPull(stage, pull),
    readyForReview: (pull) => readyForReview(stage, pull),
    changeBase: (pull, branch) => changeBase(stage, pull, branch),
    rerequestCheckRun: (id, user) => rerequestCheckRun(stage, id, user),
    rerequestCheckSuite: (sha, user) => rerequestCheckSuite(stage, sha, user),
    mergeGroup: (group) => mergeGroup(stage, group),
    setPermission: (login, permission) => {
      world.account(login);
      world.permissions.set(login.toLowerCase(), permission);
    },
  };
}
