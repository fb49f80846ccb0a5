import { runGit } from './git.ts';

/** The addresses of a repository's remotes, in the order of its configuration; often none. */
export async function remoteUrls(gitDir: string): Promise<string[]> {
  const result = await runGit(['config', '--null', '--get-regexp', String.raw`^remote\..*\.url$`], {
    gitDir,
  });
  return result.stdout
    .toString()
    .split('\0')
    .map((entry) => entry.slice(entry.indexOf('\n') + 1))
    .filter((url) => url !== '');
}
