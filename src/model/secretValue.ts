import { isCredentialName } from './credentialName.ts';
import { isConfigWithoutLogin } from './dockerConfig.ts';
import { FILLED_IN, isFilledIn } from './filledIn.ts';

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

/** Words that people write where a value belongs. */
const TO_DO = String.raw`(?:change|replace)[-_ ]?me(?:[-_ ]with[-_ \w]*)?|todo|fixme|tbd|placeholder|redacted|your[-_ ](?:[\w-]+[-_ ])?here|value|dummy|unused|x{3,}|\*{3,}|\.{3,}|…`;

/** The whole text is a value to be filled in or a word for one, or an address whose password is. */
const PLACEHOLDER = new RegExp(
  String.raw`^(?:${FILLED_IN}|[\[<]?(?:${TO_DO})[\]>]?|[a-z][\w+.-]*:\/\/(?:[^\s:@\/]*|${FILLED_IN}):(?:${FILLED_IN})@\S*)$`,
  'i',
);

/** Certificates and public keys in PEM alone, with comments in front. */
const PUBLIC_PEM =
  /^(?:(?:#[^\n]*\n\s*)*-----BEGIN (?:(?:TRUSTED |X509 )?CERTIFICATE|(?:RSA |EC |DSA )?PUBLIC KEY|(?:NEW )?CERTIFICATE REQUEST|X509 CRL|PGP PUBLIC KEY BLOCK)-----[A-Za-z0-9+/=\s]+-----END [A-Z0-9 ]+-----\s*)+$/;

/** Public keys as SSH has them, each with hosts in front in a file of known hosts. */
const PUBLIC_SSH =
  /^(?:(?:#[^\n]*\n)*(?:\S+ )?(?:(?:sk-)?ssh-(?:rsa|dss|ed25519)|(?:sk-)?ecdsa-sha2-[a-z0-9-]+)(?:@openssh\.com)? AAAA[A-Za-z0-9+/=]+(?: [^\n]*)?\r?\n?)+$/;

/** Keys for which age encrypts. */
const PUBLIC_AGE = /^age1[a-z0-9]{58}$/;

/** Keys that documentation shows, such as AWS's own. */
const EXAMPLE = /^(?:A[A-Z]{3}[A-Z0-9]{9}EXAMPLE|[\w+/=]{20,50}EXAMPLEKEY)$/;

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
  if (PLACEHOLDER.test(text) || EXAMPLE.test(text) || isFilledIn(text)) return 'placeholder';
  if (isSetting(text)) return 'setting';
  return isPublic(text) ? 'public' : 'plain';
}

/** Also in base64, as a field for it takes one. */
function isPublic(text: string): boolean {
  const content = text.startsWith('LS0tLS1CRUdJTi') ? contentOf(text).toString('utf8').trim() : text;
  return PUBLIC_PEM.test(content) || PUBLIC_SSH.test(content) || PUBLIC_AGE.test(content);
}

/** Words in a mapping that may have a credential. */
const CREDENTIAL_WORDS = /pass|pwd|secret|token|key|cred|bearer|user/i;

/** Also a mapping of nothing but such values: `{"auths":{}}`. */
function isSetting(text: string): boolean {
  if (text.startsWith('{')) return isMappingOfSettings(text);
  const small = text.toLowerCase();
  // Keys in addresses have capitals.
  if (!SETTING.test(small) || (small !== text && small.includes('://'))) return false;
  return !(small.match(LONG_RUN) ?? []).some((run) => /[0-9]/.test(run));
}

function isMappingOfSettings(text: string): boolean {
  try {
    const mapping: unknown = JSON.parse(text);
    return (
      isClusterConfig(mapping) ||
      isConfigWithoutLogin(mapping) ||
      (!CREDENTIAL_WORDS.test(text) && holdsSettings(mapping))
    );
  } catch {
    return false;
  }
}

function holdsSettings(value: unknown): boolean {
  if (typeof value === 'string') return value === '' || isSetting(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(holdsSettings);
}

/**
 * What Argo CD is told of a cluster to which it logs in by a role or a command.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
function isClusterConfig(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fields = Object.entries(value).filter(([, field]) => field !== '' && field !== null);
  return (
    fields.some(([name]) => CLUSTER_LOGIN.has(name)) &&
    fields.every(([name, field]) => isLoginField(name, field))
  );
}

const CLUSTER_LOGIN = new Set(['awsAuthConfig', 'execProviderConfig', 'tlsClientConfig']);

function isLoginField(name: string, field: unknown): boolean {
  if (name === 'awsAuthConfig') return !hasField(field, (key, item) => isCredentialName(key) && isText(item));
  if (name === 'execProviderConfig') {
    const { env = null } = (field ?? {}) as { readonly env?: unknown };
    return [field, env].every((one) => !hasField(one, (key, item) => isCredentialName(key) && isText(item)));
  }
  if (name === 'tlsClientConfig') return !hasField(field, (key, item) => key === 'keyData' && isText(item));
  return name === 'disableCompression' || name === 'username';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function hasField(value: unknown, wanted: (key: string, item: unknown) => boolean): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([key, item]) => wanted(key, item))
  );
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
