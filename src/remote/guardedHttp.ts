import { Agent } from 'undici';
import { shownAddress } from '../model/remoteInputs.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import { type AllowList, isBelow } from './allowList.ts';
import { type Guard, guardedConnector } from './connect.ts';
import { kindOfIp } from './ipAddress.ts';
import type { Limits } from './limits.ts';
import { isRedirect, MAX_REDIRECTS, redirectTarget } from './redirect.ts';
import { Refusal } from './refusal.ts';
import { type HttpAnswer, send } from './send.ts';

export interface HttpRequest {
  readonly url: URL;
  /** What the settings allow of this fetch, besides their list: local addresses are reached for nothing else. */
  readonly granted?: Address;
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** POSTed where there is one. */
  readonly body?: Uint8Array;
}

export interface Http {
  /**
   * GETs an address, or POSTs to it, and follows its redirects.
   * @throws {Refusal} where there is no whole answer, or one of a server that fails.
   * @throws the signal's reason, once it is aborted.
   */
  get(wanted: HttpRequest, signal: AbortSignal): Promise<HttpAnswer & { readonly url: URL }>;
}

/** Requests held to the limits, to public addresses, and to the local ones that the settings name. */
export function guardedHttp(allow: AllowList, limits: Limits): Http {
  const agentOf = (guard: Guard) => new Agent({ connect: guardedConnector(guard, limits.connectMs) });
  const agents = { named: agentOf(guardWith(allow)), public: agentOf(guardWith(undefined)) };
  const agentFor = (url: URL, granted: Address | undefined) => {
    const address = parseAddress(url.href);
    if (address === undefined) return agents.public;
    const below = granted !== undefined && isBelow(address, granted);
    return below || allow.allows(address) ? agents.named : agents.public;
  };
  return {
    async get({ url: first, granted, maxBytes, headers = {}, body }, signal) {
      let url = first;
      let sent = headers;
      for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        const hop = { url, maxBytes, headers: sent, dispatcher: agentFor(url, granted), body };
        const answer = await send(hop, limits, signal);
        if (!isRedirect(answer.status)) return { ...answer, url };
        url = redirectTarget(url, answer.headers.location);
        // A registry's token is for no other host, nor for where another host leads.
        if (url.origin !== first.origin) sent = withoutToken(headers);
      }
      throw new Refusal(`${shownAddress(first.href)} redirects more than ${MAX_REDIRECTS} times`);
    },
  };
}

function withoutToken(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'authorization'));
}

function guardWith(allow: AllowList | undefined): Guard {
  return (ip, port) => {
    const kind = kindOfIp(ip);
    const named = kind.reach === 'local' && allow?.names(ip, port) === true;
    return kind.reach === 'public' || named ? undefined : kind;
  };
}
