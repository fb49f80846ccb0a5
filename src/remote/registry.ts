import { parseConstraint } from '../dialects/semver/constraint.ts';
import { parseVersion } from '../dialects/semver/version.ts';
import { shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import { chooseVersion } from './chooseVersion.ts';
import type { Fetching, PackedChart } from './fetching.ts';
import { pinned } from './pinned.ts';
import { Refusal } from './refusal.ts';
import { chartDigest, MANIFEST_TYPES } from './registryManifest.ts';
import { type RegistryPlace, registryPlace } from './registryReference.ts';
import { openRegistryRequests } from './registryRequests.ts';
import { listVersionTags } from './registryTags.ts';

/** Charts of OCI registries. */
export interface Registries {
  /**
   * @param address of the chart, in full; that the settings allow.
   * @param wanted a version, range, tag or `@sha256:...`; an address that has one goes before.
   * @throws {Refusal} where the chart is not to be had.
   */
  chart(address: Address, wanted: string, signal: AbortSignal): Promise<PackedChart>;
}

const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

export function openRegistries(fetching: Fetching): Registries {
  const requests = openRegistryRequests(fetching);

  async function get(place: RegistryPlace, wanted: Wanted, signal: AbortSignal) {
    const answer = await requests.get({ place, ...wanted }, signal);
    if (answer === undefined) throw new Refusal(`${place.shown} has no ${wanted.what}`);
    return answer.bytes;
  }

  return {
    async chart(address, wanted, signal) {
      const place = registryPlace(address);
      const name = address.segments.at(-1) ?? '';
      const { reference, version } = await referenceOf(place, address.tag ?? wanted, () =>
        listVersionTags(requests, place, signal),
      );
      const path = `manifests/${reference}`;
      const manifestFile = { path, what: version, maxBytes: MAX_MANIFEST_BYTES, accept: MANIFEST_TYPES };
      const fetchManifest = () => get(place, manifestFile, signal);
      const digest = /^sha256:(.+)$/.exec(reference)?.[1];
      const manifest =
        digest === undefined
          ? await fetchManifest()
          : await pinned(fetching, { sha256: digest, what: `${place.shown}@${reference}` }, fetchManifest);
      const sha256 = chartDigest(manifest, place, version);
      const digested = `sha256:${sha256}`;
      const blob = { path: `blobs/${digested}`, what: digested, maxBytes: fetching.limits.chartBytes };
      const what = `the chart of ${place.shown} at ${version}`;
      const bytes = await pinned(fetching, { sha256, what }, () => get(place, blob, signal));
      return { name, version, bytes };
    },
  };
}

/** A file of a chart's place in its registry. */
interface Wanted {
  readonly path: string;
  /** What is fetched, for the message that says it is not there. */
  readonly what: string;
  readonly maxBytes: number;
  readonly accept?: string;
}

interface Reference {
  /** As the registry's API takes it. */
  readonly reference: string;
  readonly version: string;
}

/** As Helm does, tags are listed only for a range. */
async function referenceOf(
  place: RegistryPlace,
  wanted: string,
  tags: () => Promise<readonly { readonly tag: string; readonly version: string }[]>,
): Promise<Reference> {
  const digest = /^@?(sha256:[0-9a-f]{64})$/.exec(wanted)?.[1];
  if (digest !== undefined) return { reference: digest, version: digest };
  const range = wanted.trim() === '' ? '*' : wanted;
  if (parseVersion(range) === undefined && parseConstraint(range) !== undefined) {
    const chosen = chooseVersion(await tags(), range);
    if (chosen === undefined) throw new Refusal(`${place.shown} has no version that fits \`${range}\``);
    return { reference: chosen.tag, version: chosen.version };
  }
  const tag = wanted.replaceAll('+', '_');
  if (/^\w[\w.-]{0,127}$/.test(tag)) return { reference: tag, version: wanted };
  throw new Refusal(
    `\`${shownAddress(wanted)}\`, which is wanted of ${place.shown}, is no version, range, tag or digest`,
  );
}
