import { classOf, contentOf } from '../../model/secretValue.ts';
import { isCommon, isRandom } from './ordinary.ts';

/** A text that is looked for in all that is shown. */
interface Wanted {
  readonly text: string;
  /** A piece of it of this length is hidden as well; that of the text where there are none. */
  readonly shortestPiece: number;
  /** True for a text that may be a name as well: hidden unless something is called so. */
  readonly maybeName: boolean;
}

/** Shorter values are hidden at their own place only. */
const SHORTEST = 6;

/** Longer texts are looked for by their words. */
const LONGEST = 4096;

/**
 * What is looked for of a secret's value, by this rule:
 * - what is empty, encrypted, filled in, public or a setting by its form, shorter than six
 *   characters, or a common word is hidden at its own place only;
 * - a value that looks random is looked for wherever it stands, with each piece of half its length (at
 *   least six characters; twelve are enough);
 * - another value, such as words, is looked for unless something is called so (a resource, a
 *   namespace, a target, a file, a field), with pieces of three quarters;
 * - of a value that consists of several parts (a file, an address, `name=value`) the random ones,
 *   what is named like a credential, and what such parts hold in base64 count as values of their own.
 */
export function wantedOf(content: string, depth = 0): Wanted[] {
  const text = content.trim();
  if (text.length < SHORTEST || classOf(text) !== 'plain') return [];
  const isOne = !COMPOUND.test(text);
  const wanted = isOne || isGenerated(text) ? single(text) : exactly(text);
  const whole = text.length > LONGEST || isCommon(text) ? [] : [wanted];
  if (isOne && !isBase64(text)) return whole;
  const parts = partsOf(text).flatMap((part) => partWanted(part, depth));
  return [...whole, ...parts.filter((part) => part.text !== text)];
}

/** Pieces of longer words are not looked for. */
const LONGEST_WORDS = 64;

/** Signs of a text with several parts. */
const COMPOUND = /[\s"'`;,&<>{}()[\]|]|:\/\/|\w=\w/;

/** True for a password that was made of all kinds of signs, and of no parts: `k7Q&wz<4Lp`. */
function isGenerated(text: string): boolean {
  if (text.length > LONGEST_WORDS || /\s|:\/\/|\w=\w|"\s*:|^[{[<].*[}\]>]$/.test(text)) return false;
  return [/[a-z]/, /[A-Z]/, /[0-9]/].every((kind) => kind.test(text)) && isRandom(text);
}

function single(text: string): Wanted {
  if (!isRandom(text)) {
    if (text.length > LONGEST_WORDS) return exactly(text);
    return { text, shortestPiece: Math.max(8, Math.ceil(text.length * 0.75)), maybeName: true };
  }
  return {
    text,
    shortestPiece: Math.min(12, Math.max(SHORTEST, Math.ceil(text.length / 2))),
    maybeName: false,
  };
}

function exactly(text: string): Wanted {
  return { text, shortestPiece: text.length, maybeName: /^[\w ./:-]+$/.test(text) };
}

/** What stands in a text of several parts behind a name that says that it is a credential. */
export function namedIn(content: string): string[] {
  return partsOf(content).flatMap(({ text, isNamed }) => (isNamed ? [text] : []));
}

interface Part {
  readonly text: string;
  /** True where its name says that it is a credential. */
  readonly isNamed: boolean;
}

function partsOf(text: string): Part[] {
  const secret = text.replace(PUBLIC_PEM, ' ');
  const named = [...secret.matchAll(NAMED)].map(([, value = '']) => ({ text: value, isNamed: true }));
  const passwords = [...secret.matchAll(PASSWORD)].map(([, value = '']) => ({ text: value, isNamed: true }));
  const words = secret.split(/[\s"'`=:,;@&?|<>(){}[\]\\]+/).map((word) => ({ text: word, isNamed: false }));
  return [...named, ...passwords, ...words];
}

const PUBLIC_PEM =
  /-----BEGIN (?:(?:TRUSTED |X509 )?CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE REQUEST|X509 CRL)-----[^-]*-----END [A-Z0-9 ]+-----/g;

/** `password: x`, `"token":"x"`, `API_KEY=x`. */
const NAMED =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api_?-?key|access_?-?key|private_?-?key)["']?[ \t]*[:=][ \t]*["']?([^\s"',;&]+)/gi;

/** That of an address. */
const PASSWORD = /:\/\/[^\s:@/]*:([^\s@/]+)@/g;

function partWanted({ text, isNamed }: Part, depth: number): Wanted[] {
  if (text.length < SHORTEST || text.length > LONGEST || isCommon(text) || classOf(text) !== 'plain')
    return [];
  const inside = depth < MOST_DEEP ? insideOf(text) : text;
  // A certificate in base64 is no secret.
  if (inside !== text && !['plain', 'setting'].includes(classOf(inside))) return [];
  const decoded = inside === text || inside.includes('\ufffd') ? [] : wantedOf(inside, depth + 1);
  return isNamed || isRandom(text) ? [single(text), ...decoded] : decoded;
}

const MOST_DEEP = 2;

/** What a text holds in base64; the text itself where that is none. */
function insideOf(text: string): string {
  const inside = isBase64(text) ? contentOf(padded(text)).toString('utf8') : text;
  return inside === padded(text) ? text : inside;
}

function isBase64(text: string): boolean {
  return padded(text).length >= 12 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

/** With the signs at the end that a word has lost. */
function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
