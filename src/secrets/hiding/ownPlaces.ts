import { isCredentialName } from '../../model/credentialName.ts';
import { contentOf } from '../../model/secretValue.ts';
import type { Part } from './textSearch.ts';
import { namedIn } from './wanted.ts';

/**
 * The places that are a secret's own: those whose name says that a credential stands there. A short
 * value or a common word is hidden at such a place only, since it means something else everywhere else.
 */
export class OwnPlaces {
  readonly #values: ReadonlySet<string>;

  constructor(contents: readonly string[]) {
    const values = contents.flatMap((content) => [content.trim(), ...namedIn(content)]);
    const kept = values.filter((value) => value !== '' && value.length <= LONGEST);
    this.#values = new Set(kept.map((value) => value.toLowerCase()));
  }

  /** True for a text that is one of the values, and stands at a name of a credential. */
  has(name: string, text: string): boolean {
    return isOwnName(name) && this.#isValue(text);
  }

  /** The values that stand behind or beside a name in a longer text: `password: x`, `--token x`, `://user:x@`. */
  partsIn(text: string): Part[] {
    if (this.#values.size === 0) return [];
    return [...this.#named(text), ...this.#encoded(text)];
  }

  #named(text: string): Part[] {
    const inAddresses = [...text.matchAll(ADDRESS)].flatMap(({ index, 0: whole, 1: value = '' }) => {
      const end = index + whole.length - 1;
      return this.#isValue(value) ? [{ start: end - value.length, end }] : [];
    });
    const named = PLACES.flatMap((place) =>
      [...text.matchAll(place)].flatMap(({ index, 0: whole, groups = {} }) => {
        const { name, behind = '' } = groups;
        if (name !== undefined && !isOwnName(name)) return [];
        const [, before = '', value = ''] = VALUE.exec(behind) ?? [];
        const start = index + whole.length + before.length;
        return this.#isValue(value) ? [{ start, end: start + value.length }] : [];
      }),
    );
    return [...inAddresses, ...named];
  }

  /** Words of base64 that hold a text with such a place, each as a whole. */
  #encoded(text: string): Part[] {
    return [...text.matchAll(BASE64)].flatMap(({ 0: word, index }) =>
      this.#named(Buffer.from(word, 'base64').toString('utf8')).length > 0
        ? [{ start: index, end: index + word.length }]
        : [],
    );
  }

  #isValue(text: string): boolean {
    const value = text.trim();
    return [value, contentOf(value).toString('utf8').trim()].some((one) =>
      this.#values.has(one.toLowerCase()),
    );
  }
}

/** Longer values are looked for everywhere. */
const LONGEST = 64;

/** Quotes, and what stands in them; or a word. */
const VALUE = /^(\\*["']?)([^"'\\\n]+(?=\\*["'])|[^\s"',;&}\]\\]+)/;

/** What may be a value, without going over it: one place may begin in another. */
const BEHIND = String.raw`(?=(?<behind>[^\n]{1,100}))`;
const NAME = String.raw`(?<name>[\w.[\]-]{1,100})\\*["']?`;

/** How a value stands behind a name or beside it, in YAML, JSON, properties, arguments and addresses. */
const PLACES = [
  `${NAME}[ \t]*(?:=>|[:=])[ \t]*${BEHIND}`,
  String.raw`\b(?:name|key)\\*["']?[ \t]*:[ \t]*\\*["']?${NAME}(?:,\s*|\s+)(?:- )?\\*["']?value\\*["']?[ \t]*:[ \t]*${BEHIND}`,
  String.raw`--${NAME}(?:,\s*|\s+)(?:- +)?${BEHIND}`,
].map((place) => new RegExp(place, 'g'));

/** The password of an address, and of what databases have in its place: `app:x@tcp(db)`, `jdbc:oracle:thin:app/x@db`. */
const ADDRESS =
  /(?::\/\/[^\s:@/]{0,100}:|\b[\w.-]{1,60}:(?=[^\s:@/]{1,100}@(?:tcp|unix)\()|jdbc:oracle:\w{1,10}:[\w.]{1,60}\/)([^\s@/]+)@/g;

const BASE64 = /[A-Za-z0-9+/]{16,1024}={0,2}/g;

/** Names of what says where a credential is kept. */
const KEPT_ELSEWHERE = /(?:name|ref|file|path|dir|type|header|ttl|url|uri|endpoint|existing_?secret)$/i;

function isOwnName(name: string): boolean {
  return isCredentialName(name) && !KEPT_ELSEWHERE.test(name);
}
