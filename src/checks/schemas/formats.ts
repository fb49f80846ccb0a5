import { isIPv4, isIPv6 } from 'node:net';
import { TEXT_FORMATS } from './textFormats.ts';

/** A format of Kubernetes schemas: which values have it, and how a message names it. */
export interface Format {
  readonly accepts: (value: unknown) => boolean;
  /** Goes behind "must be". */
  readonly wanted: string;
  /** Whether a message may quote a value that is not accepted: only numbers and dates. */
  readonly quotable: boolean;
}

/**
 * The formats that are checked; others are not, as the API server ignores those that it
 * does not know (https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation).
 */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  [
    'int32',
    number((value) => value >= -(2 ** 31) && value < 2 ** 31, 'within the range of a 32-bit integer'),
  ],
  [
    'int64',
    number((value) => value >= -(2 ** 63) && value < 2 ** 63, 'within the range of a 64-bit integer'),
  ],
  ['byte', text(isBase64, 'base64')],
  ['date-time', { ...text(isDateTime, 'a date and time such as 2026-01-31T12:00:00Z'), quotable: true }],
  ['date', { ...text(isDate, 'a date such as 2026-01-31'), quotable: true }],
  // Of an IPv6 address that ends as one of IPv4, the API server takes both.
  ['ipv4', text((value) => isIPv4(value) || (isIPv6(value) && value.includes('.')), 'an IPv4 address')],
  ['ipv6', text(isIPv6, 'an IPv6 address')],
  ['uuid', text((value) => UUID.test(value), 'a UUID')],
  ...TEXT_FORMATS.map(([name, accepts, wanted]): [string, Format] => [name, text(accepts, wanted)]),
]);

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DATE_TIME =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?<hour>\d{2}):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[+-]\d{2}:[0-5]\d)$/;

function number(accepts: (value: number) => boolean, wanted: string): Format {
  // Only numbers have these formats; another type is another mistake.
  return { accepts: (value) => typeof value !== 'number' || accepts(value), wanted, quotable: true };
}

function text(accepts: (value: string) => boolean, wanted: string): Format {
  return { accepts: (value) => typeof value !== 'string' || accepts(value), wanted, quotable: false };
}

/** Go's base64.StdEncoding, which passes over line breaks and wants the padding. */
function isBase64(value: string): boolean {
  const dense = value.replace(/[\r\n]/g, '');
  return dense.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(dense);
}

/** RFC 3339, as Go's time.Parse reads it. */
function isDateTime(value: string): boolean {
  const { date = '', hour } = DATE_TIME.exec(value)?.groups ?? {};
  return Number(hour) < 24 && isDate(date);
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}
