import { type GitCall, runGit } from './git.ts';
import { splitNul } from './pathName.ts';

/**
 * What keeps the filters that a repository's own configuration names from running, as far as a command of git looks at
 * files on the disk. Those of the user's configuration are left.
 * https://git-scm.com/docs/git-config#_environment (GIT_CONFIG_COUNT)
 */
export async function withoutOwnFilters(
  cwd: string,
  env: GitCall['env'],
): Promise<NonNullable<GitCall['env']>> {
  const args = ['config', '--show-scope', '--name-only', '-z', '--get-regexp', String.raw`^filter\.`];
  const { stdout } = await runGit(args, { cwd, env: { ...env } });
  const words = [...splitNul(stdout)].map(String);
  const own = words.filter((_, index) => index % 2 === 1 && OWN.includes(words[index - 1] ?? ''));
  const entries = [...new Set(own)].flatMap((name, index): [string, string][] => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, name.endsWith('.required') ? 'false' : ''],
  ]);
  return { GIT_CONFIG_COUNT: String(entries.length / 2), ...Object.fromEntries(entries) };
}

const OWN = ['local', 'worktree'];
