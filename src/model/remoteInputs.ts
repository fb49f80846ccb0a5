import { Archives } from './archives.ts';
import type { ChartPlace } from './renderSource.ts';
import type { Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';

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

/** A file that a kustomization, chart or Application names by its `https` address. */
export interface RemoteFile {
  readonly url: string;
  /** True: kustomize would take what is no file there for a Git repository. */
  readonly orRepository?: boolean | undefined;
}

/** A commit of another Git repository that a kustomization names as its base. */
export interface RemoteRepository {
  /** As `git clone` takes it. */
  readonly repository: string;
  /** A branch, tag or full commit id; empty for the default branch. */
  readonly ref: string;
  /** True: the name may be a range of versions, which stands for the newest tag in it. */
  readonly orRange?: boolean | undefined;
}

/** A commit of another repository as it was found. */
export interface FetchedRepository {
  /** Folder with the `objects`. */
  readonly gitDir: string;
  /** Full commit id. */
  readonly commit: string;
  /** Its files. */
  snapshot(): Promise<Snapshot>;
}

/**
 * What an operator's object, a kustomization or a chart names elsewhere, and so makes the cluster
 * pull from: a Helm repository or a place in a registry (`chart` is null where the whole of it is
 * named, and empty where the address is the chart's own), a file, or a Git repository.
 */
export type NamedInput =
  | { readonly kind: 'chart'; readonly repository: string; readonly chart: string | null }
  | { readonly kind: 'file'; readonly url: string }
  | { readonly kind: 'repository'; readonly repository: string };

/** What was fetched, or why nothing was: a sentence that names the way out. */
export type Fetched<T> = T | { readonly refused: string };

/** What the settings in force allow to be fetched. Equal questions have equal answers. */
export interface RemoteInputs {
  /** The packed charts that sources name: those that were fetched, and those of the commits that are put in. */
  readonly archives: Archives;
  /** A packed chart. Never throws but when aborted. */
  chart(wanted: RemoteChart): Promise<Fetched<FetchedChart>>;
  /**
   * One file. Null: there is none, and a Git repository may be there instead, where
   * that was asked. Never throws but when aborted.
   */
  file(wanted: RemoteFile): Promise<Fetched<FetchedFile> | null>;
  /** A commit of another Git repository. Never throws but when aborted. */
  repository(wanted: RemoteRepository): Promise<Fetched<FetchedRepository>>;
  /**
   * Says that the base is read: with `remotes.mode: base`, what is asked for until then may be
   * fetched, because the base names it, and from then on only that again, what is given here,
   * and what the settings list.
   */
  baseIsRead(named: readonly NamedInput[]): void;
}

/** Remote inputs that refuse everything. */
export function noRemotes(): RemoteInputs {
  return {
    archives: new Archives(),
    chart: async ({ repository }) => ({ refused: notAllowed(repository) }),
    file: async ({ url }) => ({ refused: notAllowed(url) }),
    repository: async ({ repository }) => ({ refused: notAllowed(repository) }),
    baseIsRead: () => {},
  };
}

/** Says that the settings do not list an address, and how they would. */
export function notAllowed(address: string): string {
  return `${shownAddress(address)} is remote, and the settings do not allow it; list it in \`remotes.allow\` of .hydrant.yaml to have it fetched`;
}

/** An address for people: without credentials, and without the query that may hold some. */
export function shownAddress(address: string): string {
  const open = address.replace(/\/\/[^/]*@/, '//').replace(/[?#].*$/s, '');
  return open.length > 200 ? `${open.slice(0, 200)}…` : open;
}

/** Opens remote inputs for what settings allow. */
export type OpenRemotes = (settings: Settings['remotes']) => RemoteInputs;
