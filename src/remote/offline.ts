import { shownAddress } from '../model/remoteInputs.ts';
import type { Http } from './http.ts';
import { Refusal } from './refusal.ts';

/** Requests of who was told to fetch nothing: what is not kept is not to be had. */
export function offlineHttp(): Http {
  return {
    get: async ({ url, granted }) => {
      const shown = shownAddress((granted?.url ?? url).href);
      throw new Refusal(
        `${shown} is remote and was not kept from an earlier run, and nothing is fetched (\`--offline\` or HYDRANT_OFFLINE); run once without that to have it fetched and kept`,
      );
    },
  };
}
