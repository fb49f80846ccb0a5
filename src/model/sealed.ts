import { createDecipheriv, createHash } from 'node:crypto';

/**
 * Opens what the engine sealed (engine/internal/redact/seal.go): values of Secrets, which never
 * stand in a message as they are. Empty where nothing was sealed.
 * @param key the redactor's.
 * @throws where it is not sealed with that key.
 */
export function openSealed(sealed: string, key: string): readonly string[] {
  if (sealed === '') return [];
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    createHash('sha256').update(`seal ${key}`).digest(),
    bytes.subarray(0, NONCE),
    { authTagLength: TAG },
  );
  decipher.setAuthTag(bytes.subarray(-TAG));
  const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
  const values: unknown = JSON.parse(opened.toString('utf8'));
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : [];
}

/** The bytes of AES-GCM's nonce and authentication tag. */
const NONCE = 12;
const TAG = 16;
