import { notAllowed, type RemoteChart, shownAddress } from '../model/remoteInputs.ts';
import { type Address, addressText, parseAddress } from '../settings/address.ts';
import { isBelow } from './allowList.ts';
import { chooseVersion } from './chooseVersion.ts';
import { authorizationOf, foundLogin } from './credentials.ts';
import type { Fetching, PackedChart } from './fetching.ts';
import { type HelmIndex, type IndexEntry, parseHelmIndex } from './helmIndex.ts';
import { pinned } from './pinned.ts';
import { Refusal } from './refusal.ts';

/** Charts of Helm repositories, whose `index.yaml` is read once each. */
export interface HelmRepositories {
  /**
   * @param repository that the settings allow.
   * @param elsewhere fetches a chart that the index says lies in a registry.
   * @throws {Refusal} where the chart is not to be had.
   */
  chart(wanted: RemoteChart, repository: Address, signal: AbortSignal): Promise<PackedChart>;
}

const INDEX = "the repository's index";

/** @param registryChart fetches the charts that an index says to lie in a registry. */
export function openHelmRepositories(
  fetching: Fetching,
  registryChart: (address: Address, version: string, signal: AbortSignal) => Promise<PackedChart>,
): HelmRepositories {
  const indexes = new Map<string, Promise<HelmIndex>>();
  return {
    async chart(wanted, repository, signal) {
      const { href } = repository.url;
      const index = indexes.get(href) ?? fetchIndex(fetching, repository, signal);
      indexes.set(href, index);
      const entry = entryOf(await index, wanted);
      const url = chartUrl(entry, wanted, repository);
      const address = parseAddress(url);
      if (address === undefined) {
        throw new Refusal(`${nameOf(wanted, entry)} has none but an unusable address in ${INDEX}`);
      }
      // A named repository says where its charts lie, as by a redirect; what the settings list does not.
      const isNamed = fetching.trust.isNamed({ kind: 'chart', ...wanted });
      if (!isBelow(address, repository) && !isNamed && !fetching.trust.allow.allows(address)) {
        throw new Refusal(`${nameOf(wanted, entry)} lies elsewhere: ${notAllowed(addressText(address))}`);
      }
      if (address.scheme === 'oci') return registryChart(address, entry.version, signal);
      const bytes = await fetchArchive(fetching, { wanted, entry, repository, url: address.url }, signal);
      return { name: wanted.chart, version: entry.version, bytes };
    },
  };
}

async function fetchIndex(
  { http, limits, credentials }: Fetching,
  repository: Address,
  signal: AbortSignal,
): Promise<HelmIndex> {
  const url = below(repository.url, 'index.yaml');
  const shown = shownAddress(url.href);
  const { login, trouble } = await foundLogin(credentials.helmRepository(repository));
  const headers = authorizationOf(login);
  const wanted = { url, granted: repository, maxBytes: limits.indexBytes, headers };
  const { status, bytes } = await http.get(wanted, signal);
  if (status === 401 || status === 403) {
    const way =
      login === undefined
        ? 'and Hydrant has none to give; `helm repo add` with `--username` and `--password` where Hydrant runs gives it some'
        : "and does not take those of Helm's repositories.yaml";
    const reason = trouble === undefined ? way : `and ${trouble.message}`;
    throw new Refusal(`${shown} answers with status ${status}: it wants credentials, ${reason}`);
  }
  if (status > 299) {
    throw new Refusal(`${shown} answers with status ${status}; there may be no Helm repository`);
  }
  const index = parseHelmIndex(bytes);
  if (index === undefined) throw new Refusal(`${shown} is no index of a Helm repository`);
  return index;
}

function entryOf(index: HelmIndex, wanted: RemoteChart): IndexEntry {
  const where = shownAddress(wanted.repository);
  const entries = index.get(wanted.chart);
  if (entries === undefined) throw new Refusal(`${where} has no chart \`${wanted.chart}\``);
  const entry = chooseVersion(entries, wanted.version);
  if (entry !== undefined) return entry;
  throw new Refusal(`${where} has no version of \`${wanted.chart}\` that fits \`${wanted.version}\``);
}

function chartUrl(entry: IndexEntry, wanted: RemoteChart, repository: Address): string {
  const base = below(repository.url, '');
  if (entry.url === undefined || !URL.canParse(entry.url, base.href)) {
    throw new Refusal(`${nameOf(wanted, entry)} has no address in ${INDEX}`);
  }
  if (URL.canParse(entry.url)) return entry.url;
  const url = new URL(entry.url, base);
  // As Helm does: a repository's query may hold what opens it.
  if (url.origin === base.origin) url.search = base.search;
  return url.href;
}

interface Archive {
  readonly wanted: RemoteChart;
  readonly entry: IndexEntry;
  readonly repository: Address;
  readonly url: URL;
}

async function fetchArchive(
  fetching: Fetching,
  { wanted, entry, repository, url }: Archive,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { http, limits, credentials } = fetching;
  const shown = shownAddress(url.href);
  const fetchBytes = async () => {
    // As Helm does: only the repository's own host gets its login.
    const isOwn = url.origin === repository.url.origin;
    const { login } = await foundLogin(credentials.helmRepository(repository));
    const headers = authorizationOf(isOwn ? login : undefined);
    const archive = { url, granted: repository, maxBytes: limits.chartBytes, headers };
    const { status, bytes } = await http.get(archive, signal);
    if (status > 299) throw new Refusal(`${shown} answers with status ${status}`);
    return bytes;
  };
  const digest = entry.digest.replace(/^sha256:/, '').toLowerCase();
  if (digest === '') return fetchBytes();
  if (!/^[0-9a-f]{64}$/.test(digest)) {
    throw new Refusal(`${nameOf(wanted, entry)} has a digest in ${INDEX} that is no SHA-256`);
  }
  return pinned(fetching, { sha256: digest, what: shown }, fetchBytes);
}

/** An address below another, whose query stays. */
function below(root: URL, path: string): URL {
  const url = new URL(root);
  url.pathname = `${root.pathname.replace(/\/+$/, '')}/${path}`;
  return url;
}

function nameOf({ chart, repository }: RemoteChart, { version }: IndexEntry): string {
  return `\`${chart}\` ${version} of ${shownAddress(repository)}`;
}
