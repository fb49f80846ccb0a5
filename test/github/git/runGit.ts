import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Git's settings for all that the emulator does; no configuration of user or machine counts. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_COUNT: '4',
  GIT_CONFIG_KEY_0: 'uploadpack.allowFilter',
  GIT_CONFIG_VALUE_0: 'true',
  GIT_CONFIG_KEY_1: 'uploadpack.allowAnySHA1InWant',
  GIT_CONFIG_VALUE_1: 'true',
  GIT_CONFIG_KEY_2: 'safe.directory',
  GIT_CONFIG_VALUE_2: '*',
  GIT_CONFIG_KEY_3: 'gc.auto',
  GIT_CONFIG_VALUE_3: '0',
};

const run = promisify(execFile);

/** Runs git in a repository and gives its output without the last line break. */
export async function runGit(gitDir: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', args, {
    cwd: gitDir,
    env: { ...GIT_ENVIRONMENT },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.replace(/\n$/, '');
}
