import { execFile } from 'node:child_process';
import { packageFile } from '../../src/model/packageFile.ts';
import { watch } from '../canary/watch.ts';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the built command, as a user does. No value of a Secret may be in what it prints,
 * unless that was asked for.
 */
export async function hydrant(...args: string[]): Promise<Ended> {
  return hydrantWith({}, ...args);
}

/** The same, with further variables of the environment. */
export async function hydrantWith(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> {
  const ended = await new Promise<Ended>((resolve) => {
    execFile(
      process.execPath,
      [packageFile('bin/hydrant.js'), ...args],
      // No test fetches from elsewhere, unless it has servers of its own.
      { maxBuffer: 1 << 28, env: { HYDRANT_OFFLINE: 'true', ...process.env, ...env } },
      (error, stdout, stderr) => {
        // A signal leaves no code; that is no success either.
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
  const command = `hydrant ${args[0] ?? ''}`;
  watch(`stderr of ${command}`, ended.stderr);
  if (!args.includes('--show-secrets')) watch(`stdout of ${command}`, ended.stdout);
  return ended;
}
