// OPA's functions of networks that WebAssembly policies do not bring along.
import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** True for `10.0.0.0/8` and `2001:db8::/32`. @param {unknown} text */
export function isCidr(text) {
  return typeof text === 'string' && parse(text) !== undefined;
}

/** Every address of a network. @param {string} text */
export function expand(text) {
  const range = parse(text);
  if (range === undefined) return undefined;
  const { first, last, bits } = range;
  const addresses = [];
  for (let address = first; address <= last; address++) addresses.push(write(address, bits));
  return addresses;
}

/** The fewest networks that hold the same addresses. @param {readonly string[]} texts */
export function merge(texts) {
  const ranges = texts.map((text) => (text.includes('/') ? parse(text) : ofClass(text)));
  if (ranges.includes(undefined)) return undefined;
  return [32, 128].flatMap((bits) => {
    const own = ranges.filter((range) => range.bits === bits);
    return joined(own).flatMap(({ first, last, text }) => text ?? networksOf(first, last, bits));
  });
}

/**
 * A bare IPv4 address has the mask of its class, as in Go, and keeps its own bits where it
 * stays alone. https://pkg.go.dev/net#IP.DefaultMask
 */
function ofClass(address) {
  if (!isIPv4(address)) return undefined;
  const first = Number(address.split('.')[0]);
  const text = `${address}/${first < 128 ? 8 : first < 192 ? 16 : 24}`;
  return { ...parse(text), text };
}

function parse(text) {
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
function joined(ranges) {
  const result = [];
  for (const { first, last, text } of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = result.at(-1);
    if (before === undefined || first > before.last + 1n) {
      result.push({ first, last, text });
      continue;
    }
    if (last > before.last) before.last = last;
    before.text = undefined;
  }
  return result;
}

function networksOf(first, last, bits) {
  const networks = [];
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

function write(value, bits) {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
