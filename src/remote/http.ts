import type { AllowList } from './allowList.ts';
import type { Http } from './guardedHttp.ts';
import type { Limits } from './limits.ts';

export type { Http, HttpRequest } from './guardedHttp.ts';

/**
 * Requests held to the limits, to public addresses, and to the local ones that the settings name. What makes them
 * is loaded with the first: most reviews fetch nothing, and it is a quarter of all that a command would load.
 */
export function createHttp(allow: AllowList, limits: Limits): Http {
  let opened: Promise<Http> | undefined;
  return {
    get: async (wanted, signal) => {
      opened ??= import('./guardedHttp.ts').then(({ guardedHttp }) => guardedHttp(allow, limits));
      return (await opened).get(wanted, signal);
    },
  };
}
