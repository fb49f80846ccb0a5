// Functions of Rego that WebAssembly policies do not bring along, with OPA's results:
// https://www.openpolicyagent.org/docs/policy-reference/builtins. Undefined is OPA's answer
// to arguments that a function cannot take.
import { createHash, createHmac } from 'node:crypto';
import { SemVer } from 'semver';
import { Document, stringify } from 'yaml';
import { parseDocuments } from '../../../dialects/parseDocuments.ts';
import type { SUPPLIED_BUILTINS } from '../suppliedBuiltins.ts';
import { isSubset, matchSchema, patch, verifySchema } from './documents.ts';
import { expand, isCidr, merge } from './networks.ts';
import { findAll, replaceAll, split } from './regex.ts';
import { regoJson } from './regoValue.ts';
import { sprintf } from './sprintf.ts';
import {
  escapeQuery,
  matchesTemplate,
  positions,
  quoteGlob,
  readQuery,
  splitN,
  unescapeQuery,
  writeQuery,
} from './texts.ts';
import { addDate, clock, date, diff, parseDuration, parseRfc3339, weekday } from './times.ts';
import { parseBytes, parseUnits } from './units.ts';

/** A function's arguments are of the types that Rego's compiler holds a policy to. */
type Builtin = (...args: never[]) => unknown;

const BUILTINS: Readonly<Record<(typeof SUPPLIED_BUILTINS)[number], Builtin>> = {
  'base64url.encode_no_pad': (text: string) => Buffer.from(text, 'utf8').toString('base64url'),
  'crypto.hmac.equal': (one: string, other: string) => one === other,
  'crypto.hmac.md5': keyedDigest('md5'),
  'crypto.hmac.sha1': keyedDigest('sha1'),
  'crypto.hmac.sha256': keyedDigest('sha256'),
  'crypto.hmac.sha512': keyedDigest('sha512'),
  'crypto.md5': digest('md5'),
  'crypto.sha1': digest('sha1'),
  'crypto.sha256': digest('sha256'),
  'glob.quote_meta': quoteGlob,
  'hex.decode': (text: string) =>
    /^(?:[\da-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex').toString('utf8') : undefined,
  'hex.encode': (text: string) => Buffer.from(text, 'utf8').toString('hex'),
  indexof_n: positions,
  'json.marshal': regoJson,
  'json.match_schema': matchSchema,
  'json.patch': patch,
  'json.verify_schema': verifySchema,
  'net.cidr_expand': expand,
  'net.cidr_is_valid': isCidr,
  'net.cidr_merge': merge,
  'numbers.range_step': steps,
  'object.subset': isSubset,
  'regex.find_n': (pattern: string, text: string, count: number) => findAll(pattern, text, count),
  'regex.replace': (text: string, pattern: string, template: string) => replaceAll(pattern, text, template),
  'regex.split': split,
  'regex.template_match': matchesTemplate,
  'semver.compare': (a: string, b: string) => version(a)?.compare(version(b) ?? ''),
  'semver.is_valid': (text: unknown) => typeof text === 'string' && version(text) !== undefined,
  sprintf,
  'strings.any_prefix_match': anyMatch((text, part) => text.startsWith(part)),
  'strings.any_suffix_match': anyMatch((text, part) => text.endsWith(part)),
  'strings.count': (text: string, part: string) =>
    part === '' ? Array.from(text).length + 1 : text.split(part).length - 1,
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
  'yaml.is_valid': (text: unknown) => typeof text === 'string' && yaml(text) !== undefined,
  'yaml.marshal': (listed: string) =>
    stringify(JSON.parse(regoJson(listed)), { sortMapEntries: true, lineWidth: 0 }),
  'yaml.unmarshal': yaml,
};

/** The functions as `loadPolicySync` wants them, under the names that the compiler gives them. */
export const CUSTOM_BUILTINS: Readonly<Record<string, (...args: unknown[]) => unknown>> = Object.fromEntries(
  Object.entries(BUILTINS).map(([name, call]) => [
    `supplied_${name.replaceAll('.', '_')}`,
    orUndefined(call),
  ]),
);

/** In OPA a function that fails is undefined, and the rest of the policy goes on. */
function orUndefined(call: Builtin): (...args: unknown[]) => unknown {
  return (...args) => {
    try {
      // What the compiler could not tell is taken for what the function wants: it fails, or gives undefined.
      return call(...(args as never[]));
    } catch {
      return undefined;
    }
  };
}

function digest(algorithm: string) {
  return (text: string) => createHash(algorithm).update(text).digest('hex');
}

function keyedDigest(algorithm: string) {
  return (text: string, key: string) => createHmac(algorithm, key).update(text).digest('hex');
}

/** From one whole number to another, both included where the steps meet it. */
function steps(from: number, to: number, step: number): number[] | undefined {
  if (![from, to, step].every(Number.isSafeInteger) || step <= 0) return undefined;
  const count = Math.floor(Math.abs(to - from) / step) + 1;
  return Array.from({ length: count }, (_, index) => from + Math.sign(to - from) * index * step);
}

/** Strictly by https://semver.org, with or without one `v`. */
function version(text: string): SemVer | undefined {
  try {
    return /^v?\d\S*$/.test(text) ? new SemVer(text.replace(/^v/, '')) : undefined;
  } catch {
    return undefined;
  }
}

function anyMatch(matches: (text: string, part: string) => boolean) {
  return (texts: string | readonly string[], parts: string | readonly string[]) => {
    const wanted = [parts].flat();
    return [texts].flat().some((text) => wanted.some((part) => matches(text, part)));
  };
}

/** The first document, by YAML 1.2 with merge keys; null where there is none. */
function yaml(text: string): unknown {
  const { documents, excess } = parseDocuments(text, { merge: true, uniqueKeys: false });
  if (excess !== null) return undefined;
  const [document = new Document(null)] = documents;
  return document.errors.length > 0 ? undefined : document.toJS();
}
