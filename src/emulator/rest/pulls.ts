import { pullObject, simplePullObject } from '../objects/pull.ts';
import type { Pull } from '../world.ts';
import { type Call, type Needs, notFound, type Route, repositoryOf } from './call.ts';
import { pageOf } from './paging.ts';

const READ: Needs = [{ pull_requests: 'read' }];

export const pullRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/pulls', needs: READ, answer: list },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    needs: READ,
    answer: (call) => ({ status: 200, body: pullObject(call.world, pullOf(call, 'pull_number')) }),
  },
  { operation: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', needs: READ, answer: ofCommit },
];

/** The pull request that the path names by its number. */
export function pullOf(call: Call, parameter: 'pull_number' | 'issue_number'): Pull {
  const repository = repositoryOf(call);
  const pull = call.world.pulls.find(
    (one) => one.repository === repository && String(one.number) === call.params[parameter],
  );
  if (pull === undefined) throw notFound();
  return pull;
}

function list(call: Call) {
  const { world, query } = call;
  const repository = repositoryOf(call);
  const state = query.state ?? 'open';
  const found = world.pulls.filter(
    (pull) =>
      pull.repository === repository &&
      (state === 'all' || pull.state === state) &&
      (query.base === undefined || query.base === pull.baseBranch) &&
      (query.head === undefined || query.head === `${pull.headRepository.owner.login}:${pull.headBranch}`),
  );
  const time = ({ createdAt, updatedAt }: Pull) => (query.sort === 'updated' ? updatedAt : createdAt);
  found.sort((a, b) => time(a).localeCompare(time(b)) || a.number - b.number);
  // The newest first, when nothing is said; the oldest, when another order is asked for.
  const descending =
    (query.direction ?? (query.sort === undefined || query.sort === 'created' ? 'desc' : 'asc')) === 'desc';
  if (descending) found.reverse();
  const { items, headers } = pageOf(call, found);
  return { status: 200, headers, body: items.map((pull) => simplePullObject(world, pull)) };
}

/** Open pull requests with the commit at their head, as for a commit outside the default branch. */
function ofCommit(call: Call) {
  const { world, params } = call;
  const repository = repositoryOf(call);
  const found = world.pulls.filter(
    (pull) => pull.repository === repository && pull.state === 'open' && pull.headSha === params.commit_sha,
  );
  const { items, headers } = pageOf(call, found);
  return { status: 200, headers, body: items.map((pull) => simplePullObject(world, pull)) };
}
