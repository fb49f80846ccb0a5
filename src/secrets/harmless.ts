import { isCredentialName, wordsOf } from '../model/credentialName.ts';
import { contentOf, type ValueClass } from '../model/secretValue.ts';

/** What is known of a value, when it is asked whether it can be a credential. */
export interface NamedValue {
  readonly key: string;
  readonly class: ValueClass;
  /** As it stands in the file, where that is known. */
  readonly text?: string | undefined;
  /** True for base64. */
  readonly encoded?: boolean;
}

/** Ends of names that say who or what is meant, however the name is written: `DB_USER`, `dbUser`, `dbuser`. */
const WHO =
  /(?:user|username|login|email|host|hostname|port|dbname|region|bucket|namespace|clientid|appid|tenantid|accountid|projectid|subscriptionid|installationid|sslmode)$/;
const WHO_WORDS = new Set(
  'name type kind engine provider db org organization owner role realm schema driver scheme protocol env environment domain zone project'.split(
    ' ',
  ),
);

/** Ends of names of addresses, in which a password may stand. */
const WHERE = /(?:server|database|endpoint|url|uri|address|issuer)$/;

/**
 * True for a value of a Secret that is no credential: its name says who or where, or its form is
 * that of a switch, a port or an address, and its name does not say otherwise.
 */
export function isHarmless({ key, class: valueClass, text, encoded = false }: NamedValue): boolean {
  // A field may be named as a file: `username.txt`.
  const words = wordsOf(key.replace(/\.(?:txt|conf)$/, ''));
  const name = words.join('');
  if (isCredentialName(words.join(' '))) return false;
  if (valueClass === 'setting') return true;
  const tellsWho = WHO.test(name) || WHO_WORDS.has(words.at(-1) ?? '');
  if (text === undefined) return tellsWho;
  return (tellsWho || WHERE.test(name)) && isName(encoded ? contentOf(text).toString('utf8') : text);
}

/** One word as people, hosts and accounts have it, and no long run of digits and letters as tokens are. */
function isName(content: string): boolean {
  const text = content.trim();
  const runs = text.match(/[A-Za-z0-9]{16,}/g) ?? [];
  return (
    /^(?:[\w.@+-]+|[\w.:/-]+)$/.test(text) &&
    text.length <= 63 &&
    !text.includes('://') &&
    !runs.some((run) => /[0-9]/.test(run))
  );
}
