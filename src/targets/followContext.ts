import type { Engine } from '../engine/engine.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { RemoteInputs } from '../model/remoteInputs.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** What operators' objects are followed with. */
export interface FollowContext {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly repository: RepositoryIdentity;
  readonly engine: Pick<Engine, 'renderTemplates'>;
  readonly remote: RemoteInputs;
  /** Every object that is known, of plain files and of what was rendered so far; one per identity and cluster. */
  readonly objects: readonly FoundObject[];
  /** What operators' objects made of others at the base, where this is the head: what is there already. */
  readonly madeBefore?: readonly FoundObject[] | undefined;
}

/** By what operators' objects name the repository under review. */
export interface RepositoryIdentity {
  /** Addresses of the repository; empty where Git knows none. */
  readonly urls: readonly string[];
  /** The base branch's name; null where it is not known. */
  readonly branch: string | null;
}
