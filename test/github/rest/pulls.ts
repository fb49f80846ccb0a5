import { pullObject, simplePullObject } from '../objects/pull.ts';
import type { Pull } from '../world.ts';
import { type Call, notFound, type Route, repositoryOf } from './call.ts';
import { pageOf } from './paging.ts';

export const pullRoutes: readonly Route[] = [
  { operation: 'GET /repos/{owner}/{repo}/pulls', by: 'installation', answer: list },
  {
    operation: 'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    by: 'installation',
    answer: (call) => ({ status: 200, body: pullObject(call.world, pullOf(call, 'pull_number')) }),
  },
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
