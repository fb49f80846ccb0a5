import { homedir } from 'node:os';
import path from 'node:path';
import type { OpenRemotes } from '../model/remoteInputs.ts';
import { createRemoteInputs } from '../remote/remoteInputs.ts';

/**
 * Remote inputs of a command: what the settings allow, this machine's own network
 * included, because who runs the command chose the clone.
 */
export function remotesOfCommand(signal: AbortSignal): OpenRemotes {
  return (allow) => createRemoteInputs({ allow, cacheDir: remoteCache(process.env), signal });
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function remoteCache({ XDG_CACHE_HOME: named }: NodeJS.ProcessEnv): string {
  const caches = named !== undefined && path.isAbsolute(named) ? named : path.join(homedir(), '.cache');
  return path.join(caches, 'hydrant', 'remotes');
}
