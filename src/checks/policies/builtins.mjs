// Functions of Rego that WebAssembly policies do not bring along, with OPA's results:
// https://www.openpolicyagent.org/docs/policy-reference/builtins. Undefined is OPA's answer
// to arguments that a function cannot take.
import { createHash } from 'node:crypto';
import { SemVer } from 'semver';
import { Document, parseAllDocuments, stringify } from 'yaml';
import { findAll, replaceAll, split } from './regex.mjs';
import { sprintf } from './sprintf.mjs';
import { parseBytes, parseUnits } from './units.mjs';

/** By the names of `SUPPLIED_BUILTINS`. @type {Record<string, (...args: any[]) => unknown>} */
const BUILTINS = {
  'crypto.md5': digest('md5'),
  'crypto.sha1': digest('sha1'),
  'crypto.sha256': digest('sha256'),
  'hex.decode': (text) =>
    /^(?:[\da-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex').toString('utf8') : undefined,
  'hex.encode': (text) => Buffer.from(text, 'utf8').toString('hex'),
  'regex.find_n': (pattern, text, count) => findAll(pattern, text, count),
  'regex.replace': (text, pattern, replacement) => replaceAll(pattern, text, replacement),
  'regex.split': (pattern, text) => split(pattern, text),
  'semver.compare': (a, b) => version(a)?.compare(version(b) ?? ''),
  'semver.is_valid': (text) => typeof text === 'string' && version(text) !== undefined,
  sprintf,
  'strings.any_prefix_match': anyMatch((text, part) => text.startsWith(part)),
  'strings.any_suffix_match': anyMatch((text, part) => text.endsWith(part)),
  'strings.count': (text, part) => (part === '' ? [...text].length + 1 : text.split(part).length - 1),
  'units.parse': parseUnits,
  'units.parse_bytes': parseBytes,
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
