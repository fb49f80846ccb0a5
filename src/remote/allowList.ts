import picomatch from 'picomatch';
import { type Address, parseAddressPattern, pathOf } from '../settings/address.ts';
import { canonicalIp } from './ipAddress.ts';

/** What `remotes.allow` lists. */
export interface AllowList {
  allows(address: Address): boolean;
  /** True where an entry names this IP address and port itself, as its host. */
  names(ip: string, port: number): boolean;
}

/** @param patterns as in the settings; what is none of an address is left out. */
export function createAllowList(patterns: readonly string[]): AllowList {
  const entries = patterns.flatMap((text) => parseAddressPattern(text) ?? []);
  const matchers = entries.map(matcherOf);
  const named = new Set(entries.flatMap(({ url }) => endpointOf(url) ?? []));
  return {
    allows: (address) => matchers.some((matches) => matches(address)),
    names: (ip, port) => named.has(`${canonicalIp(ip)} ${port}`),
  };
}

/** True for an address and all below it; names are compared whole. */
export function isBelow(address: Address, root: Address): boolean {
  return (
    address.scheme === root.scheme &&
    address.host === root.host &&
    root.segments.every((segment, index) => segment === address.segments[index])
  );
}

function matcherOf(entry: Address): (address: Address) => boolean {
  const path = pathOf(entry);
  if (!picomatch.scan(path).isGlob) return (address) => isBelow(address, entry);
  const matches = picomatch(path, { dot: true });
  return (address) =>
    address.scheme === entry.scheme && address.host === entry.host && matches(pathOf(address));
}

function endpointOf({ hostname, port, protocol }: URL): string | undefined {
  const ip = canonicalIp(hostname.replace(/^\[(.*)\]$/, '$1'));
  return ip === undefined ? undefined : `${ip} ${port || (protocol === 'https:' ? 443 : 80)}`;
}
