import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { IpKind } from './ipAddress.ts';

/** A host whose address is not connected to. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  readonly ip: string;
  readonly port: number;
  readonly kind: IpKind;

  constructor(ip: string, port: number, kind: IpKind) {
    super(`${ip} is ${kind.words}`);
    this.ip = ip;
    this.port = port;
    this.kind = kind;
  }
}

/** Says why an IP address and port are not connected to; undefined where they are. */
export type Guard = (ip: string, port: number) => IpKind | undefined;

/**
 * Connects only to what a guard lets pass. The guard sees the very address that the socket
 * is opened to, so a name that changes its address between two looks gains nothing.
 */
export function guardedConnector(guard: Guard, connectMs: number): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
    // Sockets look no name up where the host is an address already.
    const kind = isIP(host) === 0 ? undefined : guard(host, port);
    if (kind !== undefined) {
      callback(new AddressRefused(host, port, kind), null);
      return;
    }
    buildConnector({ timeout: connectMs, lookup: guardedLookup(guard, port) })(options, callback);
  };
}

function guardedLookup(guard: Guard, port: number): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const judged = (found ?? []).map((entry) => ({ ...entry, kind: guard(entry.address, port) }));
      const [open] = judged.filter(({ kind }) => kind === undefined);
      const [refused] = judged;
      if (error !== null) callback(error, '', 0);
      else if (open !== undefined && options.all !== true) callback(null, open.address, open.family);
      else if (open !== undefined) {
        callback(
          null,
          judged.filter(({ kind }) => kind === undefined),
        );
      } else callback(new AddressRefused(refused?.address ?? '', port, refused?.kind ?? NOWHERE), '', 0);
    });
  };
}

const NOWHERE: IpKind = { words: 'no address', reach: 'never' };
