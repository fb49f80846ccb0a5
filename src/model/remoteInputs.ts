import type { ChartPlace } from './renderSource.ts';

/** A chart in a Helm repository (`https://...`) or OCI registry (`oci://...`). */
export interface RemoteChart {
  /** Address of the repository, or of the folder of charts in a registry. */
  readonly repository: string;
  /** May be empty for a registry whose address is the chart's own. */
  readonly chart: string;
  /** A version or semver range as Helm takes them, `*` for the newest; for a registry also a tag or `@sha256:...`. */
  readonly version: string;
}

/** A chart as it was found: packed, and pinned by its digest. */
export interface FetchedChart {
  readonly place: ChartPlace;
  /** The version that was chosen; the tag or digest where a registry was asked for one. */
  readonly version: string;
}

/** A file as it was found, pinned by its digest. */
export interface FetchedFile {
  readonly sha256: string;
  readonly base64: string;
}

/** What was fetched, or why nothing was: a sentence that names the way out. */
export type Fetched<T> = T | { readonly refused: string };

/** What the settings in force allow to be fetched. Equal questions have equal answers. */
export interface RemoteInputs {
  /** A packed chart. Never throws but when aborted. */
  chart(wanted: RemoteChart): Promise<Fetched<FetchedChart>>;
  /**
   * One file at an `https` address, as a kustomization lists it among its resources. A Git
   * repository is refused. Never throws but when aborted.
   */
  file(wanted: { readonly url: string }): Promise<Fetched<FetchedFile>>;
}

/** For where nothing may be fetched. */
export const NO_REMOTES: RemoteInputs = {
  chart: async ({ repository }) => ({ refused: notAllowed(repository) }),
  file: async ({ url }) => ({ refused: notAllowed(url) }),
};

/** Says that the settings do not list an address, and how they would. */
export function notAllowed(address: string): string {
  return `${shownAddress(address)} is remote, and the settings do not allow it; list it in \`remotes.allow\` of .hydrant.yaml to have it fetched`;
}

/** An address for people: without credentials, and without the query that may hold some. */
export function shownAddress(address: string): string {
  const open = address.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/s, '');
  return open.length > 200 ? `${open.slice(0, 200)}…` : open;
}

/** Opens remote inputs for the addresses that settings allow. */
export type OpenRemotes = (allow: readonly string[]) => RemoteInputs;
