// OPA's functions of networks that WebAssembly policies do not bring along.
import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Neighbouring addresses, as numbers. */
interface Range {
  readonly first: bigint;
  last: bigint;
  /** 32 or 128. */
  readonly bits: number;
  /** How the network is written where it stays as it was given. */
  text?: string | undefined;
}

/** True for `10.0.0.0/8` and `2001:db8::/32`. */
export function isCidr(text: unknown): boolean {
  return typeof text === 'string' && parse(text) !== undefined;
}

/** Every address of a network. */
export function expand(text: string): string[] | undefined {
  const range = parse(text);
  if (range === undefined) return undefined;
  const { first, last, bits } = range;
  const addresses: string[] = [];
  for (let address = first; address <= last; address++) addresses.push(write(address, bits));
  return addresses;
}

/** The fewest networks that hold the same addresses. */
export function merge(texts: readonly string[]): string[] | undefined {
  const parsed = texts.map((text) => (text.includes('/') ? parse(text) : ofClass(text)));
  const ranges = parsed.filter((range) => range !== undefined);
  if (ranges.length < parsed.length) return undefined;
  return [32, 128].flatMap((bits) => {
    const own = ranges.filter((range) => range.bits === bits);
    return joined(own).flatMap((range) => range.text ?? networksOf(range));
  });
}

/**
 * A bare IPv4 address has the mask of its class, as in Go, and keeps its own bits where it
 * stays alone. https://pkg.go.dev/net#IP.DefaultMask
 */
function ofClass(address: string): Range | undefined {
  if (!isIPv4(address)) return undefined;
  const first = Number(address.split('.')[0]);
  const text = `${address}/${first < 128 ? 8 : first < 192 ? 16 : 24}`;
  const range = parse(text);
  return range && { ...range, text };
}

function parse(text: string): Range | undefined {
  const [, address, digits] = /^([^/%]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined || isIP(address) === 0) return undefined;
  const bytes = ipaddr.parse(address).toByteArray();
  const bits = bytes.length * 8;
  const prefix = Number(digits);
  if (prefix > bits) return undefined;
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const size = 1n << BigInt(bits - prefix);
  const first = value - (value % size);
  return { first, last: first + size - 1n, bits };
}

/** Ranges that touch become one. */
function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { first, last, bits, text } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = result.at(-1);
    if (before === undefined || first > before.last + 1n) {
      result.push({ first, last, bits, text });
      continue;
    }
    if (last > before.last) before.last = last;
    before.text = undefined;
  }
  return result;
}

function networksOf({ first, last, bits }: Range): string[] {
  const networks: string[] = [];
  for (let at = first; at <= last; ) {
    let prefix = bits;
    while (prefix > 0) {
      const size = 1n << BigInt(bits - prefix + 1);
      if (at % size !== 0n || at + size - 1n > last) break;
      prefix--;
    }
    networks.push(`${write(at, bits)}/${prefix}`);
    at += 1n << BigInt(bits - prefix);
  }
  return networks;
}

function write(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
