// Functions of Rego that WebAssembly policies do not bring along, with OPA's results:
// https://www.openpolicyagent.org/docs/policy-reference/builtins. Undefined is OPA's answer
// to arguments that a function cannot take.
import { createHash, createHmac } from 'node:crypto';
import { SemVer } from 'semver';
import { Document, parseAllDocuments, stringify } from 'yaml';
import { isSubset, matchSchema, patch, verifySchema } from './documents.mjs';
import { expand, isCidr, merge } from './networks.mjs';
import { findAll, replaceAll, split } from './regex.mjs';
import { sprintf } from './sprintf.mjs';
import {
  escapeQuery,
  matchesTemplate,
  positions,
  quoteGlob,
  readQuery,
  splitN,
  unescapeQuery,
  writeQuery,
} from './texts.mjs';
import { addDate, clock, date, diff, parseDuration, parseRfc3339, weekday } from './times.mjs';
import { parseBytes, parseUnits } from './units.mjs';

/** By the names of `SUPPLIED_BUILTINS`. @type {Record<string, (...args: any[]) => unknown>} */
const BUILTINS = {
  'base64url.encode_no_pad': (text) => Buffer.from(text, 'utf8').toString('base64url'),
  'crypto.hmac.equal': (one, other) => one === other,
  'crypto.hmac.md5': keyedDigest('md5'),
  'crypto.hmac.sha1': keyedDigest('sha1'),
  'crypto.hmac.sha256': keyedDigest('sha256'),
  'crypto.hmac.sha512': keyedDigest('sha512'),
  'crypto.md5': digest('md5'),
  'crypto.sha1': digest('sha1'),
  'crypto.sha256': digest('sha256'),
  'glob.quote_meta': quoteGlob,
  'hex.decode': (text) =>
    /^(?:[\da-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex').toString('utf8') : undefined,
  'hex.encode': (text) => Buffer.from(text, 'utf8').toString('hex'),
  indexof_n: positions,
  'json.match_schema': matchSchema,
  'json.patch': patch,
  'json.verify_schema': verifySchema,
  'net.cidr_expand': expand,
  'net.cidr_is_valid': isCidr,
  'net.cidr_merge': merge,
  'numbers.range_step': steps,
  'object.subset': isSubset,
  'regex.find_n': (pattern, text, count) => findAll(pattern, text, count),
  'regex.replace': (text, pattern, replacement) => replaceAll(pattern, text, replacement),
  'regex.split': (pattern, text) => split(pattern, text),
  'regex.template_match': matchesTemplate,
  'semver.compare': (a, b) => version(a)?.compare(version(b) ?? ''),
  'semver.is_valid': (text) => typeof text === 'string' && version(text) !== undefined,
  sprintf,
  'strings.any_prefix_match': anyMatch((text, part) => text.startsWith(part)),
  'strings.any_suffix_match': anyMatch((text, part) => text.endsWith(part)),
  'strings.count': (text, part) => (part === '' ? [...text].length + 1 : text.split(part).length - 1),
  'strings.split_n': splitN,
  'time.add_date': addDate,
  'time.clock': clock,
  'time.date': date,
  'time.diff': diff,
  'time.parse_duration_ns': parseDuration,
  'time.parse_rfc3339_ns': parseRfc3339,
  'time.weekday': weekday,
  trace: () => true,
  'units.parse': parseUnits,
  'units.parse_bytes': parseBytes,
  'urlquery.decode': unescapeQuery,
  'urlquery.decode_object': readQuery,
  'urlquery.encode': escapeQuery,
  'urlquery.encode_object': writeQuery,
  'yaml.is_valid': (text) => typeof text === 'string' && yaml(text) !== undefined,
  'yaml.marshal': (value) => stringify(value, { sortMapEntries: true, lineWidth: 0 }),
  'yaml.unmarshal': (text) => yaml(text),
};

/** The functions as `loadPolicySync` wants them, under the names that the compiler gives them. */
export const CUSTOM_BUILTINS = Object.fromEntries(
  Object.entries(BUILTINS).map(([name, call]) => [
    `supplied_${name.replaceAll('.', '_')}`,
    orUndefined(call),
  ]),
);

/** In OPA a function that fails is undefined, and the rest of the policy goes on. */
function orUndefined(call) {
  return (...args) => {
    try {
      return call(...args);
    } catch {
      return undefined;
    }
  };
}

function digest(algorithm) {
  return (text) => createHash(algorithm).update(text).digest('hex');
}

function keyedDigest(algorithm) {
  return (text, key) => createHmac(algorithm, key).update(text).digest('hex');
}

/** From one whole number to another, both included where the steps meet it. */
function steps(from, to, step) {
  if (![from, to, step].every(Number.isSafeInteger) || step <= 0) return undefined;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  return Array.from({ length: count }, (_, index) => from + Math.sign(to - from) * index * step);
}

/** Strictly by https://semver.org, with or without one `v`. */
function version(text) {
  try {
    return /^v?\d\S*$/.test(text) ? new SemVer(text.replace(/^v/, '')) : undefined;
  } catch {
    return undefined;
  }
}

function anyMatch(matches) {
  return (texts, parts) => {
    const wanted = [parts].flat();
    return [texts].flat().some((text) => wanted.some((part) => matches(text, part)));
  };
}

/** The first document, by YAML 1.2 with merge keys; null where there is none. */
function yaml(text) {
  const [document = new Document(null)] = parseAllDocuments(text, { merge: true, uniqueKeys: false });
  return document.errors.length > 0 ? undefined : document.toJS();
}
