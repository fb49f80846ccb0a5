import { failure, runGit } from './git.ts';

/** References that keep fetched commits: `refs/hydrant/<day of the fetch>/<commit id>`. */
const ROOT = 'refs/hydrant';

/** A refspec that fetches a commit by its id and keeps it. */
export function keepingRefspec(commit: string): string {
  return `+${commit}:${ROOT}/${dayOf(new Date())}/${commit}`;
}

/** Which of the commits were not fetched yet, or not kept. */
export async function missingCommits(gitDir: string, commits: readonly string[]): Promise<string[]> {
  const unique = [...new Set(commits)];
  if (unique.length === 0) return [];
  const args = ['for-each-ref', '--format=%(refname)', ...unique.map((commit) => `${ROOT}/*/${commit}`)];
  const result = await runGit(args, { gitDir });
  if (result.exitCode !== 0) throw failure(args, result);
  const kept = new Set(
    result.stdout
      .toString()
      .split('\n')
      .map((name) => name.slice(name.lastIndexOf('/') + 1)),
  );
  return unique.filter((commit) => !kept.has(commit));
}

/** True where nothing was ever kept. */
export async function keepsNothing(gitDir: string): Promise<boolean> {
  const { stdout } = await runGit(['for-each-ref', '--count=1', ROOT], { gitDir });
  return stdout.length === 0;
}

/** Lets go of commits that were fetched so many days ago, and removes what only they held. */
export async function pruneCommits(gitDir: string, days: number): Promise<void> {
  const limit = dayOf(new Date(Date.now() - days * 86_400_000));
  const { stdout } = await runGit(['for-each-ref', '--format=%(refname)', ROOT], { gitDir });
  const names = stdout
    .toString()
    .split('\n')
    .filter((name) => name !== '');
  const old = names.filter((name) => (name.split('/')[2] ?? '') <= limit);
  const input = old.map((name) => `delete ${name}\n`).join('');
  for (const args of [
    ['update-ref', '--stdin'],
    ['gc', '--quiet', '--prune=1.hour.ago'],
  ]) {
    const result = await runGit(args, { gitDir, input });
    if (result.exitCode !== 0) throw failure(args, result);
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
