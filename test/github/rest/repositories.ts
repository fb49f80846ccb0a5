import { readCommit, resolveCommit } from '../git/readCommit.ts';
import { runGit } from '../git/runGit.ts';
import { commitObject, gitRefObject } from '../objects/commit.ts';
import { fullRepositoryObject } from '../objects/repository.ts';
import { userObject } from '../objects/user.ts';
import { ApiError, type Call, notFound, type Route, repositoryOf } from './call.ts';

export const repositoryRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}',
    by: 'installation',
    answer: (call) => ({ status: 200, body: fullRepositoryObject(call.world, repositoryOf(call)) }),
  },
  {
    operation: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    by: 'installation',
    answer: permission,
  },
  {
    operation: 'GET /repos/{owner}/{repo}/commits/{ref}',
    by: 'installation',
    answer: async (call) => {
      const repository = repositoryOf(call);
      const sha = await commitOf(call);
      return {
        status: 200,
        body: commitObject(call.world, repository, await readCommit(repository.gitDir, sha)),
      };
    },
  },
  { operation: 'GET /repos/{owner}/{repo}/git/ref/{ref}', by: 'installation', answer: gitRef },
];

/** The full id of the commit that the path names. */
export async function commitOf(call: Call): Promise<string> {
  const { gitDir } = repositoryOf(call);
  const ref = call.params.ref ?? '';
  const names = [ref, `refs/heads/${ref}`, `refs/${ref}`].filter(
    (name) => name !== '' && !name.startsWith('-'),
  );
  for (const name of names) {
    const sha = await resolveCommit(gitDir, name);
    if (sha !== null) return sha;
  }
  throw new ApiError(422, `No commit found for SHA: ${ref}`);
}

function permission(call: Call) {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const account = world.accounts.get((params.username ?? '').toLowerCase());
  if (account === undefined) throw new ApiError(404, `${params.username} is not a user`);
  const name = world.permissionOf(repository, account.login);
  const may = {
    pull: name !== 'none',
    triage: name === 'write' || name === 'admin',
    push: name === 'write' || name === 'admin',
    maintain: name === 'admin',
    admin: name === 'admin',
  };
  const user = { ...userObject(world, account), permissions: may, role_name: name };
  return { status: 200, body: { permission: name, role_name: name, user } };
}

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
