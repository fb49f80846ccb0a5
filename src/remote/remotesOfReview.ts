import path from 'node:path';
import type { OpenRemotes } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import type { Login } from './credentials.ts';
import { machineCredentials } from './machineCredentials.ts';
import { createRemoteInputs } from './remoteInputs.ts';

/** Whose review something is fetched for. */
export interface FetchingReview {
  readonly owner: string;
  readonly cloneUrl: string;
  readonly token: () => Promise<string>;
  readonly signal: AbortSignal;
  /** Is told where something was not to be had that may be at the next try. */
  readonly onPassingFailure?: (() => void) | undefined;
}

/** What whoever runs the bot says of fetching. */
export interface FetchOptions {
  /** True: the settings may name addresses of the bot's own network. */
  readonly localRemotes?: boolean;
  /** True: nothing is fetched besides the repositories under review. */
  readonly offline?: boolean;
  /** Where Docker's and Helm's files are looked for; this process's by default. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Remote inputs of a review: with the logins of whoever runs the bot, and the App's token for
 * the repositories of the same owner. They are kept apart by owner, because nobody may have from the
 * cache what another one's token opened.
 */
export function remotesOfReview(
  { owner, cloneUrl, token, signal, onPassingFailure }: FetchingReview,
  {
    dataDir,
    localRemotes = false,
    offline = false,
    env = process.env,
  }: FetchOptions & { readonly dataDir: string },
): OpenRemotes {
  const credentials = machineCredentials({
    env,
    // What a repository names must start no program on the bot's machine.
    runsHelpers: false,
    gitRepository: (address) => loginOf(address, { owner, cloneUrl, token }),
  });
  return (settings) =>
    createRemoteInputs({
      ...settings,
      cacheDir: path.join(dataDir, 'remotes', ownerFolder(owner)),
      signal,
      // The settings of a repository must not open the network that the bot runs in.
      localAddresses: localRemotes ? 'asAllowed' : 'never',
      offline,
      credentials,
      onPassingFailure,
    });
}

/** The App's token, for a repository of the owner on the host of the repository under review. */
async function loginOf(
  { url, segments }: Address,
  { owner, cloneUrl, token }: Pick<FetchingReview, 'owner' | 'cloneUrl' | 'token'>,
): Promise<Login | undefined> {
  const isSame =
    URL.canParse(cloneUrl) &&
    new URL(cloneUrl).origin === url.origin &&
    segments[0]?.toLowerCase() === owner.toLowerCase();
  return isSame ? { user: 'x-access-token', password: await token() } : undefined;
}

/** No name leads out of the cache. */
export function ownerFolder(owner: string): string {
  return owner.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '_');
}
