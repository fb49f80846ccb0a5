import { readCommit, resolveCommit } from '../git/readCommit.ts';
import { runGit } from '../git/runGit.ts';
import { commitObject, gitRefObject } from '../objects/commit.ts';
import { fullRepositoryObject } from '../objects/repository.ts';
import { userObject } from '../objects/user.ts';
import type { Permission } from '../world.ts';
import { ApiError, type Call, type Needs, notFound, type Route, repositoryOf } from './call.ts';
import { pageOf } from './paging.ts';

const METADATA: Needs = [{ metadata: 'read' }];
const CONTENTS: Needs = [{ contents: 'read' }];

export const repositoryRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}',
    needs: METADATA,
    answer: (call) => ({ status: 200, body: fullRepositoryObject(call.world, repositoryOf(call)) }),
  },
  {
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    needs: METADATA,
    answer: permission,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}',
    needs: CONTENTS,
    answer: async (call) => {
      const repository = repositoryOf(call);
      const sha = await commitOf(call);
      return {
        status: 200,
        body: commitObject(call.world, repository, await readCommit(repository.gitDir, sha)),
      };
    },
  },
  { operation: 'GET /repos/{owner}/{repo}/commits', needs: CONTENTS, answer: listCommits },
  { operation: 'GET /repos/{owner}/{repo}/git/ref/{ref}', needs: CONTENTS, answer: gitRef },
];

/** The full id of the commit that the path names. */
export async function commitOf(call: Call, ref = call.params.ref ?? ''): Promise<string> {
  const { gitDir } = repositoryOf(call);
  const names = [ref, `refs/heads/${ref}`, `refs/${ref}`].filter(
    (name) => name !== '' && !name.startsWith('-'),
  );
  for (const name of names) {
    const sha = await resolveCommit(gitDir, name);
    if (sha !== null) return sha;
  }
  throw new ApiError(422, `No commit found for SHA: ${ref}`);
}

/** The newest commits first, from a branch or commit on. */
async function listCommits(call: Call) {
  const { world, query } = call;
  const repository = repositoryOf(call);
  const given = (name: string) => (query[name] === undefined ? [] : [query[name]]);
  const sha = await commitOf(call, query.sha ?? repository.defaultBranch);
  const args = ['since', 'until', 'author', 'committer'].flatMap((name) =>
    given(name).map((value) => `--${name}=${value}`),
  );
  const paths = given('path').map((value) => `:(literal)${value}`);
  const listed = await runGit(repository.gitDir, ['rev-list', ...args, sha, '--', ...paths]);
  const { items, headers } = pageOf(
    call,
    listed.split('\n').filter((id) => id !== ''),
  );
  const commits = await Promise.all(items.map((id) => readCommit(repository.gitDir, id)));
  return { status: 200, headers, body: commits.map((one) => commitObject(world, repository, one)) };
}

function permission(call: Call) {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const account = world.accounts.get((params.username ?? '').toLowerCase());
  if (account === undefined) throw new ApiError(404, `${params.username} is not a user`);
  const role = world.permissionOf(repository, account.login);
  const level = ROLES.indexOf(role);
  const may = {
    pull: level >= ROLES.indexOf('read'),
    triage: level >= ROLES.indexOf('triage'),
    push: level >= ROLES.indexOf('write'),
    maintain: level >= ROLES.indexOf('maintain'),
    admin: role === 'admin',
  };
  const user = { ...userObject(world, account), permissions: may, role_name: role };
  return { status: 200, body: { permission: LEGACY[role] ?? role, role_name: role, user } };
}

/** From the least on. */
const ROLES: readonly Permission[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
/**
 * What `permission` says for the newer roles.
 * https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
const LEGACY: Partial<Record<Permission, Permission>> = { maintain: 'write', triage: 'read' };

async function gitRef(call: Call) {
  const repository = repositoryOf(call);
  const name = `refs/${call.params.ref}`;
  // Only a full name counts; `for-each-ref` would take it as a prefix, too.
  const listed = await runGit(repository.gitDir, ['for-each-ref', '--format=%(refname) %(objectname)', name]);
  const sha = listed
    .split('\n')
    .find((line) => line.startsWith(`${name} `))
    ?.split(' ')[1];
  if (sha === undefined) throw notFound();
  return { status: 200, body: gitRefObject(call.world, repository, { name, sha }) };
}
