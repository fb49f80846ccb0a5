import { shownAddress } from '../model/remoteInputs.ts';
import { parseAddress } from '../settings/address.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';
import { type Access, fetchAccess, wantsCredentials } from './registryAccess.ts';
import type { RegistryPlace } from './registryReference.ts';
import type { HttpAnswer } from './send.ts';

interface RegistryRequest {
  readonly place: RegistryPlace;
  /** Below the place's name, such as `manifests/1.2.3`. */
  readonly path: string;
  readonly maxBytes: number;
  readonly accept?: string;
}

/** Requests to registries, with the token that each place asks for. */
export interface RegistryRequests {
  /** Undefined where the registry has nothing there. */
  get(wanted: RegistryRequest, signal: AbortSignal): Promise<HttpAnswer | undefined>;
}

export function openRegistryRequests(fetching: Fetching): RegistryRequests {
  const known = new Map<string, Promise<Access>>();
  return {
    async get({ place, path, maxBytes, accept }, signal) {
      const url = new URL(`v2/${place.name}/${path}`, place.origin);
      const granted = parseAddress(new URL(`v2/${place.name}`, place.origin).href);
      if (granted === undefined) throw new Refusal(`${shownAddress(url.href)} is no address`);
      const send = async (access: Access | undefined) => {
        const headers = { ...(accept === undefined ? {} : { accept }), ...access?.headers };
        return fetching.http.get({ url, granted, maxBytes, headers }, signal);
      };
      let access = await known.get(place.shown);
      let answer = await send(access);
      const challenge = answer.headers['www-authenticate'];
      if (answer.status === 401 && challenge !== undefined) {
        const asked = fetchAccess(fetching, { place, challenge: String(challenge) }, signal);
        known.set(place.shown, asked);
        access = await asked;
        answer = await send(access);
      }
      if (answer.status === 401 || answer.status === 403) throw wantsCredentials(place, access?.found);
      if (answer.status === 404) return undefined;
      if (answer.status <= 299) return answer;
      throw new Refusal(`${shownAddress(url.href)} answers with status ${answer.status}`);
    },
  };
}
