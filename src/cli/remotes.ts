import type { OpenRemotes, RemoteInputs } from '../model/remoteInputs.ts';
import { machineCredentials } from '../remote/machineCredentials.ts';
import { createRemoteInputs } from '../remote/remoteInputs.ts';
import { cacheFolder } from '../store/cacheFolder.ts';
import { complain } from './complain.ts';

/** Whether a command may fetch. */
export interface FetchOptions {
  /** True: nothing is fetched, and what was kept before is used. */
  readonly offline?: boolean;
}

/**
 * Remote inputs of a command: what the settings allow, this machine's own network included,
 * because who runs the command chose the clone; with the logins of who runs it. Tells on stderr
 * what it fetches from.
 */
export function remotesOfCommand(signal: AbortSignal, { offline }: FetchOptions): OpenRemotes {
  const { env } = process;
  const credentials = machineCredentials({ env, runsHelpers: true });
  let opened: RemoteInputs | undefined;
  // A command reads the settings of one commit, and asks for no address twice.
  return (settings) =>
    (opened ??= createRemoteInputs({
      ...settings,
      cacheDir: cacheFolder('remotes', env) ?? undefined,
      signal,
      credentials,
      offline: offline === true || env['HYDRANT_OFFLINE'] === 'true',
      onFetch: (shown) => complain(`fetching from ${shown}`),
    }));
}
