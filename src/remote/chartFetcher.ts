import type { Archives } from '../model/archives.ts';
import { type FetchedChart, type RemoteChart, shownAddress } from '../model/remoteInputs.ts';
import { type Address, addressText, parseAddress } from '../settings/address.ts';
import { addressWanted } from './addressWanted.ts';
import { sha256Of } from './contentCache.ts';
import type { Credentials } from './credentials.ts';
import type { Fetching, PackedChart } from './fetching.ts';
import { openHelmRepositories } from './helmRepository.ts';
import { Refusal } from './refusal.ts';
import { openRegistries } from './registry.ts';
import type { Trust } from './trust.ts';

/** Fetches charts of registries and of Helm repositories, and adds them to the archives. */
export function chartFetcher(
  fetching: Fetching,
  archives: Archives,
): (wanted: RemoteChart, signal: AbortSignal) => Promise<FetchedChart> {
  const registries = openRegistries(fetching);
  const repositories = openHelmRepositories(fetching, (address, version, within) =>
    registries.chart(address, version, within),
  );
  return async (asked, within) => {
    const { wanted, address } = await chartAddress(asked, fetching);
    const packed = await keptOrFetched(fetching, { wanted, address }, () =>
      address.scheme === 'oci'
        ? registries.chart(address, wanted.version, within)
        : repositories.chart(wanted, address, within),
    );
    return fetchedChart(packed, archives);
  };
}

/** A version in full means one chart for good; what a range or tag means is looked up, unless nothing is fetched. */
async function keptOrFetched(
  { cache, names, offline }: Fetching,
  { wanted, address }: { readonly wanted: RemoteChart; readonly address: Address },
  fetch: () => Promise<PackedChart>,
): Promise<PackedChart> {
  const tag = address.tag ?? '';
  const nameOf = (version: string) => ['chart', addressText(address), wanted.chart, tag, version];
  const kept =
    offline || isInFull(address.tag ?? wanted.version) ? await names.get(nameOf(wanted.version)) : undefined;
  const bytes = await cache.get(kept?.['sha256'] ?? '');
  if (bytes !== undefined) return { name: kept?.['name'] ?? '', version: kept?.['version'] ?? '', bytes };
  const packed = await fetch();
  const sha256 = sha256Of(packed.bytes);
  await cache.put(sha256, packed.bytes);
  const meaning = { sha256, name: packed.name, version: packed.version };
  // Offline the version that a range meant is known as well.
  await Promise.all([wanted.version, packed.version].map((version) => names.put(nameOf(version), meaning)));
  return packed;
}

/** https://semver.org, and digests. */
function isInFull(version: string): boolean {
  return /^v?\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(version) || /^@?sha256:/.test(version);
}

/** The address of the Helm repository, or of the chart in its registry, where that may be fetched. */
async function chartAddress(
  asked: RemoteChart,
  { trust, credentials }: Fetching,
): Promise<{ readonly wanted: RemoteChart; readonly address: Address }> {
  const name = /^(?:@|alias:)(.*)$/.exec(asked.repository)?.[1];
  if (name !== undefined) return namedRepository(asked, name, { trust, credentials });
  const { repository, chart } = asked;
  const oci = /^oci:\/\//i.test(repository);
  const whole = oci && chart !== '' ? `${repository.replace(/\/+$/, '')}/${chart}` : repository;
  const address = addressWanted(whole, 'neither a Helm repository nor a registry');
  trust.demand({ kind: 'chart', repository, chart }, [address]);
  return { wanted: asked, address };
}

/**
 * `@name` and `alias:name` stand for a repository that is known where Hydrant runs, whose address is
 * not told.
 * @see https://helm.sh/docs/helm/helm_dependency/
 */
async function namedRepository(
  asked: RemoteChart,
  name: string,
  { trust, credentials }: { readonly trust: Trust; readonly credentials: Credentials },
): Promise<{ readonly wanted: RemoteChart; readonly address: Address }> {
  const wanted = { ...asked, repository: await credentials.helmRepositoryNamed(name) };
  const address = parseAddress(wanted.repository);
  const shown = shownAddress(asked.repository);
  if (address === undefined || address.scheme === 'oci') {
    throw new Refusal(`${shown} has no web address of a Helm repository in Helm's repositories.yaml`);
  }
  try {
    trust.demand({ kind: 'chart', ...wanted }, [address]);
    return { wanted, address };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      `${shown} is remote, and its address may not be fetched; list that, as Helm's repositories.yaml has it, in \`remotes.allow\` of .hydrant.yaml on the base branch to have it fetched`,
    );
  }
}

function fetchedChart({ name, version, bytes }: PackedChart, archives: Archives): FetchedChart {
  const file = `${name}-${version}.tgz`.replaceAll(/[^\w.+-]+/g, '_');
  return { place: { archive: archives.add(file, bytes) }, version };
}
