import { shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import { authorizationOf, type Login } from './credentials.ts';
import type { Fetching } from './fetching.ts';
import { type Packet, packetLines, readPackets, textOf } from './packetLines.ts';
import { Refusal } from './refusal.ts';

/** A server that speaks Git's smart protocol over HTTP, as it introduced itself. */
export interface GitConversation {
  /** For messages. */
  readonly shown: string;
  readonly version: 1 | 2;
  /** What it said of itself, and with version 1 of its references. */
  readonly advertised: readonly Packet[];
  /** Asks `git-upload-pack`. */
  ask(packets: readonly string[], maxBytes: number, signal: AbortSignal): Promise<Packet[]>;
}

const MAX_ADVERTISED_BYTES = 32 * 1024 * 1024;

/**
 * Opens a conversation with a repository's server, as `git fetch` does; by way of our own
 * requests, so that addresses, redirects, sizes and times are held to what holds for all.
 * @see https://git-scm.com/docs/http-protocol https://git-scm.com/docs/protocol-v2
 * @throws {Refusal} where there is no repository that anybody may read.
 */
export async function openConversation(
  { http, credentials }: Pick<Fetching, 'http' | 'credentials'>,
  repository: Address,
  signal: AbortSignal,
): Promise<GitConversation> {
  const shown = shownAddress(repository.url.href);
  const protocol = { 'git-protocol': 'version=2' };
  const url = new URL(repository.url);
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/info/refs`;
  url.search = '?service=git-upload-pack';
  const first = { url, granted: repository, maxBytes: MAX_ADVERTISED_BYTES };
  let login: Login | undefined;
  let answer = await http.get({ ...first, headers: protocol }, signal);
  // A token is used for nothing that anybody may read.
  if (wantsLogin(answer.status)) login = await credentials.gitRepository(repository);
  if (login !== undefined)
    answer = await http.get({ ...first, headers: { ...protocol, ...authorizationOf(login) } }, signal);
  refuseStatus(answer.status, { shown, login });
  const advertised = packetsOf(answer.bytes, shown).filter(
    (packet) => textOf(packet) !== '# service=git-upload-pack',
  );
  const service = new URL(answer.url);
  service.pathname = service.pathname.replace(/\/info\/refs$/, '/git-upload-pack');
  service.search = '';
  // A redirect may have led to another host.
  const own = service.origin === repository.url.origin ? authorizationOf(login) : {};
  const headers = { ...protocol, ...own };
  return {
    shown,
    version: advertised.some((packet) => textOf(packet) === 'version 2') ? 2 : 1,
    advertised,
    async ask(packets, maxBytes, within) {
      const body = packetLines(packets);
      const type = { 'content-type': 'application/x-git-upload-pack-request' };
      const wanted = { url: service, granted: repository, maxBytes, headers: { ...headers, ...type }, body };
      const reply = await http.get(wanted, within);
      refuseStatus(reply.status, { shown, login });
      return packetsOf(reply.bytes, shown);
    },
  };
}

/** Servers hide that there is what one may not read. */
function wantsLogin(status: number): boolean {
  return status === 401 || status === 403 || status === 404;
}

function refuseStatus(
  status: number,
  { shown, login }: { readonly shown: string; readonly login: Login | undefined },
): void {
  if (status <= 299) return;
  if (wantsLogin(status)) {
    const given = login === undefined ? 'Hydrant has none to give' : "the App's installation may not read it";
    throw new Refusal(`${shown} is no Git repository, or wants credentials, and ${given}`);
  }
  throw new Refusal(`${shown} answers with status ${status}`);
}

function packetsOf(bytes: Uint8Array, shown: string): Packet[] {
  const packets = readPackets(bytes);
  if (packets === undefined || packets.length === 0) throw new Refusal(`${shown} is no Git repository`);
  if (packets.some((packet) => textOf(packet).startsWith('ERR '))) {
    throw new Refusal(`${shown} refuses to be read`);
  }
  return packets;
}
