/**
 * What may be told of a value that is not shown. `plain`: anyone who reads it knows a Secret
 * by it; `setting`: so does it, if its name says that it is a secret, but by its form it is a switch, a
 * small number or an address; `placeholder`: an operator, a plugin or a person fills it in at
 * deployment; `public`: a certificate or a public key, which everybody may know.
 */
export const VALUE_CLASSES = ['plain', 'setting', 'empty', 'encrypted', 'placeholder', 'public'] as const;
export type ValueClass = (typeof VALUE_CLASSES)[number];

// engine/internal/redact has the same rules; its testdata holds both.

/** Encrypted by SOPS: `ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]`. https://getsops.io/docs/ */
const ENCRYPTED = /^ENC\[[A-Z0-9_]+,data:[^\]]*\]$/;

/** Files keep SOPS's message authentication code: dotenv, INI, JSON, YAML and binary ones. */
const ENCRYPTED_FILE = /(?:^|[\n{,])\s*(?:sops_mac=|mac\s*[=:]\s*|"mac"\s*:\s*")"?ENC\[/;

/** Whole files that age, git-crypt, GnuPG or Ansible encrypted. */
const ENCRYPTED_START =
  /^(?:age-encryption\.org\/v\d|\0GITCRYPT\0|-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----|\$ANSIBLE_VAULT;)/;

/**
 * Flux's `${VAR}`, kustomize's `$(VAR)`, a template, `<path:...#key>` of the Argo CD Vault
 * plugin, `ref+vault://...` of vals, `vault:path#key` of bank-vaults.
 */
const FILLED_IN = String.raw`\$\{[A-Za-z_]\w*(?::?[-=])?\}|\$\([A-Za-z_]\w*\)|\{\{[^{}]*\}\}|<[^<>\n]+>|ref\+[a-z0-9]+:\/\/\S+|(?:>>)?vault:[\w.\/-]+#\S+`;

/** Words that people write where a value belongs. */
const TO_DO = String.raw`(?:change|replace)[-_ ]?me(?:[-_ ]with[-_ \w]*)?|todo|fixme|tbd|placeholder|redacted|your[-_ ](?:[\w-]+[-_ ])?here|value|dummy|x{3,}|\*{3,}`;

/** The whole text is a value to be filled in or a word for one, or an address whose password is. */
const PLACEHOLDER = new RegExp(
  String.raw`^(?:${FILLED_IN}|[\[<]?(?:${TO_DO})[\]>]?|[a-z][\w+.-]*:\/\/(?:[^\s:@\/]*|${FILLED_IN}):(?:${FILLED_IN})@\S*)$`,
  'i',
);

/** Certificates and public keys in PEM alone. */
const PUBLIC_PEM =
  /^(?:-----BEGIN (?:(?:TRUSTED |X509 )?CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|CERTIFICATE REQUEST|X509 CRL)-----[A-Za-z0-9+/=\s]+-----END [A-Z0-9 ]+-----\s*)+$/;

/** Public keys as SSH has them, each with hosts in front in a file of known hosts. */
const PUBLIC_SSH =
  /^(?:(?:\S+ )?(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-[a-z0-9-]+) AAAA[A-Za-z0-9+/=]+(?: [^\n]*)?\r?\n?)+$/;

/** A switch, a number such as a port, and an address without user, password or query. */
const SETTING =
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|none|[0-9]{1,5}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?::[0-9]{1,5})?|[a-z][a-z0-9+.-]*:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?(?:\/[a-z0-9._~-]{0,40})*|(?:[a-z0-9-]+\.)+[a-z0-9-]+:[0-9]{1,5}|(?:[a-z0-9-]+\.){2,}[a-z][a-z-]*)$/;

/** Long runs of digits and letters, which an address may have as its key. */
const LONG_RUN = /[a-z0-9]{16,}/g;

/** True for what anyone can read: whether it gives a secret away is told by its name. */
export function canBeRead(value: ValueClass): boolean {
  return value === 'plain' || value === 'setting';
}

/** Judges a value by its content. */
export function classOf(content: string): ValueClass {
  const text = content.trim();
  if (text === '') return 'empty';
  if (ENCRYPTED.test(text) || ENCRYPTED_START.test(text)) return 'encrypted';
  if (text.includes('sops') && ENCRYPTED_FILE.test(text)) return 'encrypted';
  if (PLACEHOLDER.test(text)) return 'placeholder';
  if (isSetting(text)) return 'setting';
  return PUBLIC_PEM.test(text) || PUBLIC_SSH.test(text) ? 'public' : 'plain';
}

/** Words in a mapping that may have a credential. */
const CREDENTIAL_WORDS = /pass|pwd|secret|token|key|cred|bearer|user/i;

/** Also a mapping of nothing but such values: `{"auths":{}}`. */
function isSetting(text: string): boolean {
  if (text.startsWith('{')) return !CREDENTIAL_WORDS.test(text) && isMappingOfSettings(text);
  const small = text.toLowerCase();
  // Keys in addresses have capitals.
  if (!SETTING.test(small) || (small !== text && small.includes('://'))) return false;
  return !(small.match(LONG_RUN) ?? []).some((run) => /[0-9]/.test(run));
}

function isMappingOfSettings(text: string): boolean {
  try {
    return holdsSettings(JSON.parse(text));
  } catch {
    return false;
  }
}

function holdsSettings(value: unknown): boolean {
  if (typeof value === 'string') return value === '' || isSetting(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(holdsSettings);
}

/** What a value of `data` holds in base64; what is no base64 counts as it stands. */
export function contentOf(value: string): Buffer {
  const packed = value.replace(/\s+/g, '');
  const decoded = Buffer.from(packed, 'base64');
  return decoded.toString('base64') === packed ? decoded : Buffer.from(value);
}

/**
 * Whether a field of a Secret can be taken for a name. What is written in the place of one
 * often cannot: a line of a private key that is read as an environment file.
 */
export function isKey(name: string): boolean {
  return /^[-._a-zA-Z0-9]{1,253}$/.test(name) && !name.startsWith('---') && !looksRandom(name);
}

/** A long run of digits, small letters and capitals next to each other, as encodings have. */
function looksRandom(text: string): boolean {
  return (text.match(/[A-Za-z0-9]{16,}/g) ?? []).some(
    (run) => /[a-z]/.test(run) && /[A-Z]{2}/.test(run) && /[0-9]/.test(run),
  );
}

/** The name of a Secret's field, as it may be shown. */
export function shownKey(name: string): string {
  return isKey(name) ? name : HIDDEN_KEY;
}

/** What stands for the first name of a mapping that is not shown. */
export const HIDDEN_KEY = '<redacted key>';

/** True for `kind: Secret` in upper or lower case, unless `apiVersion` names the API group of a custom resource. */
export function isSecret(kind: string | undefined, apiVersion: string | undefined): boolean {
  // Of the built-in groups, which have no dot, none has a Secret: there, the group is a mistake.
  const group = apiVersion?.includes('/') === true ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return kind?.toLowerCase() === 'secret' && !group.includes('.');
}

/** The top-level fields of a Secret that hold no secret value; `sops` is what SOPS adds about its encryption. */
export const NO_VALUES: ReadonlySet<string> = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'type',
  'immutable',
  'sops',
]);
