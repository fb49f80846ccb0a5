import type { AllowList } from './allowList.ts';
import type { ContentCache } from './contentCache.ts';
import type { Http } from './http.ts';
import type { Limits } from './limits.ts';

/** What all kinds of remote inputs are fetched with. */
export interface Fetching {
  readonly allow: AllowList;
  readonly http: Http;
  readonly cache: ContentCache;
  readonly limits: Limits;
}

/** A packed chart. */
export interface PackedChart {
  readonly name: string;
  readonly version: string;
  readonly bytes: Uint8Array;
}
