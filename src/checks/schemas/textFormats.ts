import { isIPv6 } from 'node:net';

/**
 * Formats of texts that only definitions of custom resources use, by their names without
 * dashes, with how a message names them. Rules of
 * https://github.com/kubernetes/kube-openapi/blob/master/pkg/validation/strfmt/default.go
 */
export const TEXT_FORMATS: readonly (readonly [string, (value: string) => boolean, string])[] = [
  ['uri', isUri, 'an address such as https://example.com/path, or an absolute path'],
  ['email', isEmail, 'an e-mail address'],
  ['hostname', isHostname, 'a host name'],
  ['cidr', isCidr, 'an address range such as 10.0.0.0/8'],
  ['mac', (value) => MAC.test(value), 'a MAC address'],
  ['duration', isDuration, 'a duration such as 90s or 1h30m'],
  ['uuid3', (value) => UUID3.test(value), 'a UUID of version 3'],
  ['uuid4', (value) => UUID4.test(value), 'a UUID of version 4'],
  ['uuid5', (value) => UUID5.test(value), 'a UUID of version 5'],
  ['bsonobjectid', (value) => /^[0-9a-f]{24}$/i.test(value), 'an id of 24 hexadecimal digits'],
  ['ssn', (value) => /^\d{3}[- ]?\d{2}[- ]?\d{4}$/.test(value), 'a social security number'],
  ['hexcolor', (value) => /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value), 'a colour such as #ffffff'],
  ['k8sshortname', isShortName, 'a name of lower case letters, digits and dashes, at most 63'],
  [
    'k8slongname',
    isLongName,
    'names of lower case letters, digits and dashes with dots between, at most 253',
  ],
];

const MAC =
  /^(?:(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}(?:(?:[0-9a-f]{2}\1){2}|(?:[0-9a-f]{2}\1){14})?[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}(?:(?:[0-9a-f]{4}\.)|(?:[0-9a-f]{4}\.){7})?[0-9a-f]{4})$/i;
const UUID3 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const UUID4 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;
const UUID5 = /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i;
const SHORT_NAME = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const HOSTNAME =
  /^(?:[a-zA-Z0-9\p{S}\p{L}](?:-?[a-zA-Z0-9\p{S}\p{L}]{0,62})?|(?:[a-zA-Z0-9\p{S}\p{L}](?:[a-zA-Z0-9\-\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?\.)+[a-zA-Z\p{L}]{2,63})$/u;

/** As Go's url.ParseRequestURI, which takes far more than is an address. */
function isUri(value: string): boolean {
  if (/\p{Cc}/u.test(value) || /%(?![0-9a-f]{2})/i.test(value)) return false;
  return /^(?:\/|[a-z][a-z0-9+.-]*:|\*$)/i.test(value) && !/^[a-z][a-z0-9+.-]*:\/\/[^/?#]* /i.test(value);
}

/** As Go's mail.ParseAddress takes it, with or without a name before it. */
function isEmail(value: string): boolean {
  const address = /^[^<>]*<(?<inside>[^<>]*)>\s*$/.exec(value)?.groups?.['inside'] ?? value.trim();
  return /^(?:"[^"]*"|[^\s"(),:;<>@[\\\]]+)@(?:\[[^\]]+\]|[^\s"(),:;<>@[\\\]]+)$/.test(address);
}

function isHostname(value: string): boolean {
  if (value.length > 255 || value.split('.').some(({ length }) => length > 63)) return false;
  return HOSTNAME.test(value);
}

/** Zeros before a number of an IPv4 address pass, as they do in the API server. */
function isCidr(value: string): boolean {
  const { address = '', bits = '' } = /^(?<address>[^/]+)\/(?<bits>\d{1,3})$/.exec(value)?.groups ?? {};
  const parts = address.split('.');
  const isV4 = parts.length === 4 && parts.every((part) => /^\d{1,}$/.test(part) && Number(part) < 256);
  if (isV4) return bits !== '' && Number(bits) <= 32;
  return bits !== '' && isIPv6(address) && Number(bits) <= 128;
}

const GO_DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const UNIT = /^(?:ns|nano.*|us|µs|micro.*|ms|milli.*|s|sec.*|m|min.*|h|hr|hour.*|d|day.*|w|wk|week.*)$/i;

/** Go's durations, or a number and a unit anywhere in the text, such as `3 days`. */
function isDuration(value: string): boolean {
  if (GO_DURATION.test(value)) return true;
  return [...value.matchAll(/\d+\s*(?<unit>[A-Za-zµ]+)/g)].some(({ groups }) =>
    UNIT.test(groups?.['unit'] ?? ''),
  );
}

function isShortName(value: string): boolean {
  return value.length <= 63 && SHORT_NAME.test(value);
}

function isLongName(value: string): boolean {
  return value.length <= 253 && value.split('.').every((part) => SHORT_NAME.test(part));
}
