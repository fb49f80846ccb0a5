import PQueue from 'p-queue';
import { Archives } from '../model/archives.ts';
import {
  type Fetched,
  type FetchedChart,
  type FetchedFile,
  type FetchedRepository,
  notAllowed,
  type RemoteChart,
  type RemoteFile,
  type RemoteInputs,
  shownAddress,
} from '../model/remoteInputs.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import { type AllowList, createAllowList } from './allowList.ts';
import { openContentCache, sha256Of } from './contentCache.ts';
import type { Fetching, PackedChart } from './fetching.ts';
import { fetchRepository } from './gitRepository.ts';
import { openGitStore } from './gitStore.ts';
import { openHelmRepositories } from './helmRepository.ts';
import { createHttp } from './http.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { pruneCache } from './pruneCache.ts';
import { Refusal } from './refusal.ts';
import { openRegistries } from './registry.ts';
import { fetchFile } from './remoteFile.ts';
import { withinTime } from './withinTime.ts';

export interface RemoteInputsOptions {
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
}

/** As many at once as a browser asks of one host. */
const CONCURRENCY = 6;

/**
 * Fetches what the settings allow. What was once found is the answer from then on, so one
 * of these, made for one review, shows its base and its head the same charts.
 */
export function createRemoteInputs(options: RemoteInputsOptions): RemoteInputs {
  const { signal, cacheDir } = options;
  const fetching = openFetching(options);
  const archives = new Archives();
  const fetchChart = chartFetcher(fetching, archives);
  const answer = answering(fetching.limits, signal);
  // Meanwhile: nothing waits for it.
  if (cacheDir !== undefined && options.allow.length > 0) void pruneCache(cacheDir);

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
      return once(files, key, () => answer(url, (within) => fetchOneFile(fetching, wanted, within)));
    },
    repository(wanted) {
      const { repository, ref, orRange = false } = wanted;
      const key = JSON.stringify([repository, ref, orRange]);
      return once(commits, key, () =>
        answer(repository, (within) => fetchRepository(fetching, wanted, within)),
      );
    },
  };
}

/** What charts, files and commits are fetched with. */
function openFetching({ signal, cacheDir, localAddresses, ...options }: RemoteInputsOptions) {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const allow = createAllowList(options.allow);
  return {
    allow,
    http: createHttp(localAddresses === 'never' ? { ...allow, names: () => false } : allow, limits),
    cache: openContentCache(cacheDir),
    repositories: openGitStore(cacheDir),
    signal,
    limits,
  };
}

/** Fetches charts of registries and of Helm repositories, and adds them to the archives. */
function chartFetcher(fetching: Fetching, archives: Archives) {
  const registries = openRegistries(fetching);
  const repositories = openHelmRepositories(fetching, (address, version, within) =>
    registries.chart(address, version, within),
  );
  return async (wanted: RemoteChart, within: AbortSignal): Promise<FetchedChart> => {
    const address = chartAddress(wanted, fetching.allow);
    const packed =
      address.scheme === 'oci'
        ? registries.chart(address, wanted.version, within)
        : repositories.chart(wanted, address, within);
    return fetchedChart(await packed, archives);
  };
}

async function fetchOneFile(
  fetching: Fetching,
  { url, ...how }: RemoteFile,
  within: AbortSignal,
): Promise<FetchedFile | null> {
  const address = allowed(url, fetching.allow, 'no web address');
  const bytes = await fetchFile(fetching, { address, ...how }, within);
  return bytes && { sha256: sha256Of(bytes), base64: Buffer.from(bytes).toString('base64') };
}

/** Fetches in turn and in time; a refusal is an answer too. */
function answering(limits: Limits, signal: AbortSignal) {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  return async <T>(address: string, fetch: (signal: AbortSignal) => Promise<T>) => {
    try {
      const limit = { ms: limits.totalMs, signal, shown: shownAddress(address) };
      const run = () => withinTime(limit, fetch);
      return await queue.add(run, { signal });
    } catch (error) {
      signal.throwIfAborted();
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

/** The address of the Helm repository, or of the chart in its registry. */
function chartAddress({ repository, chart }: RemoteChart, allow: AllowList): Address {
  const oci = /^oci:\/\//i.test(repository);
  const whole = oci && chart !== '' ? `${repository.replace(/\/+$/, '')}/${chart}` : repository;
  return allowed(whole, allow, 'neither a Helm repository nor a registry');
}

function allowed(text: string, allow: AllowList, otherwise: string): Address {
  const address = parseAddress(text);
  if (address === undefined) {
    const reason = /\/\/[^/]*@/.test(text)
      ? 'holds credentials, which Hydrant does not use'
      : `is ${otherwise}`;
    throw new Refusal(`${shownAddress(text)} ${reason}; \`remotes.allow\` of .hydrant.yaml cannot list it`);
  }
  if (!allow.allows(address)) throw new Refusal(notAllowed(text));
  return address;
}

function fetchedChart({ name, version, bytes }: PackedChart, archives: Archives): FetchedChart {
  const file = `${name}-${version}.tgz`.replaceAll(/[^\w.+-]+/g, '_');
  return { place: { archive: archives.add(file, bytes) }, version };
}
