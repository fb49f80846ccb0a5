import { shownAddress } from '../model/remoteInputs.ts';
import type { Http } from './http.ts';

/** Requests, of which the first for each repository, place in a registry or file is told. */
export function announcing(http: Http, tell: ((shown: string) => void) | undefined): Http {
  if (tell === undefined) return http;
  const told = new Set<string>();
  return {
    get(wanted, signal) {
      const shown = shownAddress(wanted.granted?.url.href ?? wanted.url.origin);
      if (!told.has(shown)) tell(shown);
      told.add(shown);
      return http.get(wanted, signal);
    },
  };
}
