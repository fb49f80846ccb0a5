import { isCredentialName } from './credentialName.ts';

// engine/internal/redact/filledin.go has the same rules; testdata/classes.json holds both.

/**
 * Values that somebody fills in at deployment: Flux's `${VAR}`, kustomize's `$(VAR)`, templates,
 * `<path:...#key>` of the Argo CD Vault plugin, `ref+vault://...` of vals, `op://...` of 1Password,
 * `vault:path#key` of bank-vaults, and what scripts replace: `__X__`, `%X%`, `@@X@@`,
 * `@X@`, `#{X}#`, `[[x]]`.
 */
export const FILLED_IN = String.raw`\$\{[A-Za-z_][\w.]*(?::?[-=])?\}|\$\([A-Za-z_][\w.]*\)|\$?\{\{[^{}]*\}\}|<[^<>\n]+>|ref\+[a-z0-9]+:\/\/[^\s"',;]+|op:\/\/[^\s"',;]+|(?:>>)?vault:[\w.\/-]+#[^\s"',;]+|\bvault:[\w.-]+\/[\w.\/-]+|__[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*__|%%?[A-Za-z_]\w*%%?|@@[A-Za-z_]\w*@@|@[A-Z][A-Z0-9_]+@|#\{[A-Za-z_][\w.-]*\}#?|\[\[ ?[A-Za-z_][\w.-]* ?\]\]`;

/** Longer texts are not looked through. */
const LONGEST = 65_536;

/** Stands for what is filled in, while the rest is looked at. */
const MARK = '\u0001';

const ALL_FILLED_IN = new RegExp(FILLED_IN, 'g');
const BLOCK_START = /:[ \t]*[|>][-+]?[ \t]*\r?\n[ \t]*/g;
const ADDRESS = /[A-Za-z][A-Za-z0-9+.:-]{0,40}:\/\/[^\s"',]+/g;
const PAIR = /["']?([\w.-]{1,64})["']?[ \t]*(?:=>|[:=])[ \t]*("[^"\n]*"|'[^'\n]*'|[^\s,;&}"']*)/g;
const PASSWORD = /:\/\/[^/@\s]*:([^/@\s]*)@/;

/** True where placeholders stand in a text, and nothing else in it can be a credential. */
export function isFilledIn(text: string): boolean {
  if (text.length > LONGEST || text.includes('-----BEGIN') || text.includes('</')) return false;
  const marked = text.replace(ALL_FILLED_IN, MARK).replace(BLOCK_START, ': ');
  if (!marked.includes(MARK)) return false;
  const addresses = marked.match(ADDRESS) ?? [];
  if (!addresses.every(isHarmlessAddress)) return false;
  const rest = marked.replace(ADDRESS, ' ');
  if (hasLiteral(rest)) return false;
  return rest.split(/[\s"',;&]+/).every(isHarmlessWord);
}

/** True where a name that says that it is a credential's stands before a value that can be read: `password=...`. */
export function hasNamedLiteral(text: string): boolean {
  if (text.length > LONGEST) return false;
  return hasLiteral(text.replace(ALL_FILLED_IN, MARK).replace(BLOCK_START, ': '));
}

function hasLiteral(marked: string): boolean {
  for (const [, name = '', value = ''] of marked.matchAll(PAIR)) {
    const bare = value.replace(/^["']|["']$/g, '');
    if (VAGUE.test(name) || !isCredentialName(name)) continue;
    if (!bare.includes(MARK) && !NO_LITERAL.test(bare)) return true;
  }
  return false;
}

/** Names in a configuration that say nothing without what is around them, or where a credential is kept. */
const VAGUE =
  /^(?:keys?|code|hash|session|connection|seed|existing_?secret)$|(?:name|ref|file|path|dir|type|header|ttl|url|uri|endpoint|expiry|lifetime|length)$/i;

/** What stands behind such a name without being its value: a switch, the start of a mapping, a word before a token. */
const NO_LITERAL = /^(?:|true|false|yes|no|null|~|[0-9]{1,5}|[{[|>&*].*|bearer|basic|token)$/i;

function isHarmlessAddress(address: string): boolean {
  // What looks filled in may be a part of a password with signs.
  if (INSIDE_PASSWORD.test(address)) return false;
  const password = PASSWORD.exec(address)?.[1];
  if (password !== undefined && password !== '' && !password.includes(MARK)) return false;
  const query = address.slice(address.indexOf('?') + 1);
  return !LONG_RUN.test(address) && (query === address || !hasLiteral(query));
}

const INSIDE_PASSWORD = new RegExp(`://[^/@\\s]*:[^/@\\s]*[A-Za-z0-9]${MARK}[A-Za-z0-9]`);

/** A run of characters as keys have it. */
const LONG_RUN = /[A-Za-z]{0,40}[0-9][A-Za-z0-9]{15}|[A-Za-z0-9]{15}[0-9]/;

/** Part of a word next to what is filled in. */
const MIXED = /[A-Za-z]+[0-9]+[A-Za-z0-9]*|[0-9]+[A-Za-z][A-Za-z0-9]*/g;

/** A word that is no key, and of which what is filled in is a part of its own. */
function isHarmlessWord(word: string): boolean {
  if (LONG_RUN.test(word)) return false;
  if (!word.includes(MARK)) return true;
  if (TOUCHING.test(word)) return false;
  return (word.match(MIXED) ?? []).every((part) => part.length <= 5);
}

const TOUCHING = new RegExp(`[A-Za-z0-9]${MARK}|${MARK}[A-Za-z0-9]`);
