// engine/internal/redact/filledin.go has the same rules.

/** Parts of names that say that something is one, or may be. */
const CREDENTIAL =
  /pass|pwd|secret|token|cred|apikey|webhook|cookie|bearer|private|htpasswd|jwt|dsn|license|signature/;
const CREDENTIAL_WORDS = new Set(
  'key keys auth cert pin pw salt seed otp sas pat session hash code connection'.split(' '),
);

/** True for the name of a value that says that it is a credential, or may be: `DB_PASSWORD`, `apiKey`, `pw`. */
export function isCredentialName(key: string): boolean {
  const words = wordsOf(key);
  return CREDENTIAL.test(words.join('')) || words.some((word) => CREDENTIAL_WORDS.has(word));
}

/** The words of a name in small letters: `db`, `user` of `DB_USER` and of `dbUser`. */
export function wordsOf(name: string): string[] {
  const parted = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  return parted
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
