import ipaddr from 'ipaddr.js';
import { table } from '../model/table.ts';

/** What kind of address an IP address is. */
export interface IpKind {
  /** In words, such as `a loopback address`. */
  readonly words: string;
  /** `public`: anyone's; `local`: reached only where the settings name it; `never`: not reached at all. */
  readonly reach: 'public' | 'local' | 'never';
}

/** Classifies by IANA's registries of special addresses. What is not surely public is not. */
export function kindOfIp(text: string): IpKind {
  if (!ipaddr.isValid(text)) return { words: 'no IP address', reach: 'never' };
  const ip = ipaddr.process(text);
  if (METADATA.has(ip.toString())) return KINDS.metadata;
  const range = ip.range();
  // A network without IPv4 writes an IPv4 address into the last 32 bits of this prefix.
  if (ip instanceof ipaddr.IPv6 && range === 'rfc6052' && ip.match(NAT64)) {
    const inside = kindOfIp(ip.toByteArray().slice(-4).join('.'));
    return inside.reach === 'public' ? inside : { ...inside, reach: 'never' };
  }
  if (range !== 'unicast') return BY_RANGE[range] ?? KINDS.reserved;
  return ip instanceof ipaddr.IPv6 && !ip.match(GLOBAL_IPV6) ? KINDS.reserved : KINDS.public;
}

/** The one spelling of an IP address; undefined where the text is none. */
export function canonicalIp(text: string): string | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text).toString() : undefined;
}

const KINDS = {
  public: { words: 'a public address', reach: 'public' },
  reserved: { words: 'a reserved address', reach: 'never' },
  metadata: { words: 'an address by which a cloud tells machines their credentials', reach: 'never' },
} as const satisfies Record<string, IpKind>;

const PRIVATE: IpKind = { words: 'a private address', reach: 'local' };

/** The library's names; those that are missing are reserved. */
const BY_RANGE = table<IpKind>({
  loopback: { words: 'a loopback address', reach: 'local' },
  private: PRIVATE,
  uniqueLocal: PRIVATE,
  carrierGradeNat: PRIVATE,
  linkLocal: { words: 'a link-local address', reach: 'never' },
  multicast: { words: 'a multicast address', reach: 'never' },
  broadcast: { words: 'a broadcast address', reach: 'never' },
});

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Those of Alibaba, Azure, AWS and Google that are not link-local anyway. */
const METADATA = new Set(['100.100.100.200', '168.63.129.16', 'fd00:ec2::254', 'fd20:ce::254']);
