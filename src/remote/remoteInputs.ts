import PQueue from 'p-queue';
import { Archives } from '../model/archives.ts';
import {
  type Fetched,
  type FetchedChart,
  type FetchedFile,
  type FetchedRepository,
  type RemoteInputs,
  shownAddress,
} from '../model/remoteInputs.ts';
import type { RemoteMode } from '../model/settings.ts';
import { announcing } from './announcing.ts';
import { chartFetcher } from './chartFetcher.ts';
import { openContentCache } from './contentCache.ts';
import { type Credentials, noCredentials } from './credentials.ts';
import type { Fetching } from './fetching.ts';
import { fetchRepository } from './gitRepository.ts';
import { openGitStore } from './gitStore.ts';
import { createHttp } from './http.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { openNameCache } from './nameCache.ts';
import { offlineHttp } from './offline.ts';
import { pruneCache } from './pruneCache.ts';
import { Refusal } from './refusal.ts';
import { fetchFile } from './remoteFile.ts';
import { createTrust } from './trust.ts';
import { withinTime } from './withinTime.ts';

export interface RemoteInputsOptions {
  /** As `remotes.mode` of the settings on the base branch; `listed` by default. */
  readonly mode?: RemoteMode | undefined;
  /** As `remotes.allow` of the settings on the base branch. */
  readonly allow: readonly string[];
  /** Where charts and commits are kept from one review to the next; undefined: nowhere, and no commits are fetched. */
  readonly cacheDir?: string | undefined;
  readonly signal: AbortSignal;
  readonly limits?: Partial<Limits> | undefined;
  /**
   * `never`: not even those that `allow` names; for who reviews repositories of others, whose
   * settings must not open the network that the review runs in.
   */
  readonly localAddresses?: 'asAllowed' | 'never' | undefined;
  /** True: nothing is fetched, and what is kept is all there is. */
  readonly offline?: boolean | undefined;
  /** None by default. */
  readonly credentials?: Credentials | undefined;
  /** Is told each address that is fetched from, once, as it may be shown. */
  readonly onFetch?: ((shown: string) => void) | undefined;
  /** Is told of a failure that may be none at the next try. */
  readonly onPassingFailure?: (() => void) | undefined;
}

/** As many at once as a browser asks of one host. */
const CONCURRENCY = 6;

/**
 * Fetches what the settings allow. What was once found is the answer from then on, so one
 * of these, made for one review, shows its base and its head the same charts.
 */
export function createRemoteInputs(options: RemoteInputsOptions): RemoteInputs {
  const { cacheDir, mode = 'listed' } = options;
  const fetching = openFetching(options);
  const archives = new Archives();
  const fetchChart = chartFetcher(fetching, archives);
  const answer = answering(fetching.limits, options);
  // Meanwhile: nothing waits for it.
  if (cacheDir !== undefined && mode !== 'none') void pruneCache(cacheDir);

  const charts = new Map<string, Promise<Fetched<FetchedChart>>>();
  const files = new Map<string, Promise<Fetched<FetchedFile> | null>>();
  const commits = new Map<string, Promise<Fetched<FetchedRepository>>>();
  return {
    archives,
    chart(wanted) {
      const { repository, chart, version } = wanted;
      const key = JSON.stringify([repository, chart, version]);
      return once(charts, key, () => answer(repository, (within) => fetchChart(wanted, within)));
    },
    file(wanted) {
      const { url, orRepository = false } = wanted;
      const key = JSON.stringify([url, orRepository]);
      return once(files, key, () => answer(url, (within) => fetchFile(fetching, wanted, within)));
    },
    repository(wanted) {
      const { repository, ref, orRange = false } = wanted;
      const key = JSON.stringify([repository, ref, orRange]);
      return once(commits, key, () =>
        answer(repository, (within) => fetchRepository(fetching, wanted, within)),
      );
    },
    baseIsRead: (named) => fetching.trust.baseIsRead(named),
  };
}

/** What charts, files and commits are fetched with. */
function openFetching(options: RemoteInputsOptions): Fetching & Parameters<typeof fetchRepository>[0] {
  const { signal, cacheDir, localAddresses, mode = 'listed', offline = false, onFetch } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const trust = createTrust({ mode, allow: options.allow });
  const { allow } = trust;
  const online = () =>
    createHttp(localAddresses === 'never' ? { ...allow, names: () => false } : allow, limits);
  return {
    trust,
    http: offline ? offlineHttp() : announcing(online(), onFetch),
    cache: openContentCache(cacheDir),
    names: openNameCache(cacheDir),
    repositories: openGitStore(cacheDir),
    credentials: options.credentials ?? noCredentials(),
    offline,
    signal,
    limits,
  };
}

/** Fetches in turn and in time; a refusal is an answer too. */
function answering(limits: Limits, { signal, onPassingFailure }: RemoteInputsOptions) {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  return async <T>(address: string, fetch: (signal: AbortSignal) => Promise<T>) => {
    try {
      const limit = { ms: limits.totalMs, signal, shown: shownAddress(address) };
      const run = () => withinTime(limit, fetch);
      return await queue.add(run, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Refusal && error.passes) onPassingFailure?.();
      return refusedFor(error, address);
    }
  };
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const answer = known.get(key) ?? ask();
  known.set(key, answer);
  return answer;
}

function refusedFor(error: unknown, address: string): { readonly refused: string } {
  if (error instanceof Refusal) return { refused: error.message };
  // A mistake of ours; its message may quote what was sent.
  const name = error instanceof Error ? error.name : typeof error;
  return { refused: `${shownAddress(address)} cannot be fetched, for Hydrant failed with ${name}` };
}
