/** Encrypted by SOPS: `ENC[AES256_GCM,data:...,iv:...,tag:...,type:str]`. https://getsops.io/docs/ */
const ENCRYPTED = /^ENC\[[A-Z0-9_]+,data:[^\]]*\]$/;

/**
 * What an operator or a plugin fills in at deployment: Flux's `${VAR}` and `${VAR:=default}`
 * without a default, and `<path:...#key>` of the Argo CD Vault plugin.
 */
const PLACEHOLDER = /^(?:\$\{[A-Za-z_]\w*\}|\$\([A-Za-z_]\w*\)|<[^<>\n]+>)$/;

/** True for a value that anyone who reads it knows a Secret by. Never print the value. */
export function isPlainValue(value: string): boolean {
  const text = value.trim();
  return text !== '' && !ENCRYPTED.test(text) && !PLACEHOLDER.test(text);
}

/** As {@link isPlainValue}, for `data` of a Secret: the value is base64, what counts is inside. */
export function isPlainBase64(value: string): boolean {
  if (!isPlainValue(value)) return false;
  const decoded = Buffer.from(value, 'base64');
  // What does not come back was not base64, and is judged as it stands.
  const isBase64 =
    decoded.toString('base64').replace(/=+$/, '') === value.replace(/\s/g, '').replace(/=+$/, '');
  return isBase64 ? isPlainValue(decoded.toString('utf8')) : true;
}

export function isEncrypted(value: string): boolean {
  return ENCRYPTED.test(value.trim());
}

/**
 * True for a file that SOPS encrypted as a whole: dotenv, INI, JSON, YAML and binary files
 * keep its message authentication code.
 */
export function isEncryptedFile(text: string): boolean {
  const hasMac = /(?:^|[\n{,])\s*(?:sops_mac=|mac\s*[=:]\s*|"mac"\s*:\s*")"?ENC\[/.test(text);
  return hasMac && /sops/.test(text);
}
