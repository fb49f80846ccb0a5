import { table } from '../../../model/table.ts';

// OPA's functions of time, but the clock. Nanoseconds come as the text of a whole number,
// with or without the name of a time zone, because they are larger than what JavaScript's
// numbers hold; they leave as JSON for the same reason.

const SECOND = 1_000_000_000n;
const MAX = 2n ** 63n - 1n;
const UNITS = table<bigint>({
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3_600n * SECOND,
  d: 86_400n * SECOND,
  w: 7n * 86_400n * SECOND,
  y: 365n * 86_400n * SECOND,
});

/** `1d2h30.5s`, as Go reads it, and with days, weeks and years. https://pkg.go.dev/time#ParseDuration */
export function parseDuration(text: string): ArrayBuffer | undefined {
  const [, sign, rest = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') return numberJson(0n);
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w|y))+$/.test(rest)) return undefined;
  const parts = rest.matchAll(/(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h|d|w|y)/g);
  let sum = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of parts) {
    const scale = UNITS[unit] ?? 0n;
    sum += BigInt(whole || '0') * scale + (BigInt(fraction || '0') * scale) / 10n ** BigInt(fraction.length);
  }
  return numberJson(sign === '-' ? -sum : sum);
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([-+])(\d\d):(\d\d))$/;

/** Nanoseconds since 1970. */
export function parseRfc3339(text: string): ArrayBuffer | undefined {
  const found = RFC3339.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const [fraction = '', sign, hours = '0', minutes = '0'] = found.slice(7);
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || Number(hours) > 24 || Number(minutes) > 60) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60);
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
  return numberJson(BigInt(seconds) * SECOND + BigInt(fraction.padEnd(9, '0').slice(0, 9)));
}

/** `[year, month, day]`. @param json nanoseconds, or a list of them and a zone */
export function date(json: string): number[] {
  const { year, month, day } = partsOf(json);
  return [year, month, day];
}

/** `[hour, minute, second]`. @param json as for `date` */
export function clock(json: string): number[] {
  const { hour, minute, second } = partsOf(json);
  return [hour, minute, second];
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The day's name. @param json as for `date` */
export function weekday(json: string): string | undefined {
  const { year, month, day } = partsOf(json);
  return DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
}

/**
 * The same time of day so many years, months and days later.
 * @param json nanoseconds
 */
export function addDate(
  json: string,
  ...[years, months, days]: [number, number, number]
): ArrayBuffer | undefined {
  const { year, month, day, hour, minute, second, nanoseconds } = partsOf(json);
  const moved = Date.UTC(year + years, month - 1 + months, day + days, hour, minute, second);
  return Number.isNaN(moved) ? undefined : numberJson(BigInt(moved / 1000) * SECOND + nanoseconds);
}

/** What lies between two times, as `[years, months, days, hours, minutes, seconds]`, by the first one's zone. */
export function diff(one: string, other: string): number[] {
  const zone = timeOf(one).zone;
  const [here, there] = [timeOf(one).ns, timeOf(other).ns];
  const [from, to] = here <= there ? [here, there] : [there, here];
  const [a, b] = [partsIn(zone, from), partsIn(zone, to)];
  const result = [
    b.year - a.year,
    b.month - a.month,
    b.day - a.day,
    b.hour - a.hour,
    b.minute - a.minute,
    b.second - a.second,
  ];
  const borrow = (index: number, size: number) => {
    const own = result[index] ?? 0;
    if (own >= 0) return;
    result[index] = own + size;
    result[index - 1] = (result[index - 1] ?? 0) - 1;
  };
  borrow(5, 60);
  borrow(4, 60);
  borrow(3, 24);
  borrow(2, new Date(Date.UTC(a.year, a.month, 0)).getUTCDate());
  borrow(1, 12);
  return result;
}

/** A time as a calendar and a clock show it. */
interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanoseconds: bigint;
}

function partsOf(json: string): Parts {
  const { ns, zone } = timeOf(json);
  return partsIn(zone, ns);
}

/** @throws {Error} for what is no time that fits. */
function timeOf(json: string): { ns: bigint; zone: string } {
  const [, digits = '', zone = ''] = /^(?:\[)?\s*(-?\d+)(?:\s*,\s*"([^"]*)"\s*\])?$/.exec(json) ?? [];
  const ns = BigInt(digits || 'no time');
  if (ns > MAX || ns < -MAX - 1n) throw new RangeError('the time is too large');
  return { ns, zone: zone === '' ? 'UTC' : zone };
}

function partsIn(timeZone: string, ns: bigint): Parts {
  const nanoseconds = ((ns % SECOND) + SECOND) % SECOND;
  const at = new Date(Number((ns - nanoseconds) / 1_000_000n));
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const parts = new Map<string, number>(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    nanoseconds,
  };
}

/** As the SDK takes JSON that is written already; undefined for what Go's int64 does not hold. */
function numberJson(value: bigint): ArrayBuffer | undefined {
  if (value > MAX || value < -MAX - 1n) return undefined;
  const { buffer, byteOffset, byteLength } = new TextEncoder().encode(String(value));
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
