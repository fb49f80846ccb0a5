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
    this.#values = new Set(values.filter((value) => value !== '' && value.length <= LONGEST));
  }

  /** True for a text that is one of the values, and stands at a name of a credential. */
  has(name: string, text: string): boolean {
    return isOwnName(name) && this.#isValue(text);
  }

  /** The values that stand behind or beside a name in a longer text: `password: x`, `--token x`, `://user:x@`. */
  partsIn(text: string): Part[] {
    if (this.#values.size === 0) return [];
    return PLACES.flatMap((place) =>
      [...text.matchAll(place)].flatMap(({ 0: whole, index, groups }) => {
        const [name, value = ''] = [groups?.['name'], groups?.['value'] ?? groups?.['quoted']];
        const isOwn = name === undefined || isOwnName(name);
        const start = index + whole.lastIndexOf(value);
        return isOwn && this.#isValue(value) ? [{ start, end: start + value.length }] : [];
      }),
    );
  }

  #isValue(text: string): boolean {
    const value = text.trim();
    return this.#values.has(value) || this.#values.has(contentOf(value).toString('utf8').trim());
  }
}

/** Longer values are looked for everywhere. */
const LONGEST = 256;

const VALUE = String.raw`(?:\\*["'](?<quoted>[^"'\\\n]*)|(?<value>[^\s"',;&}\]\\]+))`;
const NAME = String.raw`(?<name>[\w.[\]-]{1,100})\\*["']?`;

/** How a value stands behind a name or beside it, in YAML, JSON, properties, arguments and addresses. */
const PLACES = [
  `${NAME}[ \t]*(?:=>|[:=])[ \t]*${VALUE}`,
  String.raw`\b(?:name|key)["']?[ \t]*:[ \t]*["']?${NAME},?\s+(?:- )?["']?value["']?[ \t]*:[ \t]*${VALUE}`,
  String.raw`--${NAME},?\s+(?:- +)?${VALUE}`,
  String.raw`:\/\/[^\s:@/]{0,100}:(?<value>[^\s@/]+)@`,
].map((place) => new RegExp(place, 'g'));

/** Names of what says where a credential is kept. */
const KEPT_ELSEWHERE = /(?:name|ref|file|path|dir|type|header|ttl|url|uri|endpoint|existing_?secret)$/i;

function isOwnName(name: string): boolean {
  return isCredentialName(name) && !KEPT_ELSEWHERE.test(name);
}
