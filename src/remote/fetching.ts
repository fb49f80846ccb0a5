import type { ContentCache } from './contentCache.ts';
import type { Credentials } from './credentials.ts';
import type { Http } from './http.ts';
import type { Limits } from './limits.ts';
import type { NameCache } from './nameCache.ts';
import type { Trust } from './trust.ts';

/** What all kinds of remote inputs are fetched with. */
export interface Fetching {
  readonly trust: Trust;
  readonly http: Http;
  readonly cache: ContentCache;
  /** What names meant when they were last looked up. */
  readonly names: NameCache;
  readonly credentials: Credentials;
  /** True: nothing is fetched, and what is kept is all there is. */
  readonly offline: boolean;
  readonly limits: Limits;
}

/** A packed chart. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  readonly bytes: Uint8Array;
}
