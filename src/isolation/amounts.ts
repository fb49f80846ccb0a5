import { table } from '../model/table.ts';

// Durations and sizes as people write them: `90s`, `10m`, `2GB`.

const MILLISECONDS = table<number>({ ms: 1, s: 1000, m: 60_000, h: 3_600_000 });
const BYTES = table<number>({ kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 });

/** No timer of Node's waits longer, which is almost 25 days. https://nodejs.org/api/timers.html */
const LONGEST_MS = 2 ** 31 - 1;

/** Milliseconds of a text such as `10m`, or `90` for seconds; null for any other text. */
export function durationIn(text: string): number | null {
  const amount = amountIn(text, MILLISECONDS, 's');
  return amount === null || amount > LONGEST_MS ? null : amount;
}

/** Bytes of a text such as `2GB`, `512MB`; null for any other text. A kilobyte has 1,024 bytes. */
export function bytesIn(text: string): number | null {
  return amountIn(text, BYTES, null);
}

/** `10 minutes`, `1.5 seconds`. */
export function durationText(ms: number): string {
  const [unit, size] = ms >= 60_000 ? ['minute', 60_000] : ['second', 1000];
  const amount = ms / size;
  return `${rounded(amount)} ${unit}${amount === 1 ? '' : 's'}`;
}

/** `2 GB`, `64 MB`. */
export function bytesText(bytes: number): string {
  return bytes >= 2 ** 30 ? `${rounded(bytes / 2 ** 30)} GB` : `${rounded(bytes / 2 ** 20)} MB`;
}

function amountIn(
  text: string,
  units: Readonly<Record<string, number>>,
  usual: string | null,
): number | null {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const size = units[unit === '' ? (usual ?? '') : unit.toLowerCase()];
  const amount = size === undefined ? 0 : Number(number) * size;
  return amount >= 1 && Number.isFinite(amount) ? Math.floor(amount) : null;
}

function rounded(amount: number): string {
  return String(Math.round(amount * 1000) / 1000);
}
