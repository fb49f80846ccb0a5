import { isCredentialName } from '../model/credentialName.ts';
import { hasNamedLiteral } from '../model/filledIn.ts';
import type { Redacted, Redactor } from '../model/redacted.ts';
import { canBeRead, contentOf } from '../model/secretValue.ts';
import { isHarmless } from './harmless.ts';
import type { Literal } from './operatorLiterals.ts';

/** The value of a literal that is a credential in plain, as far as its name and content tell; null for any other. */
export function sensitiveValue(
  { key, encoded, isTemplate }: Pick<Literal<unknown>, 'key' | 'encoded' | 'isTemplate'>,
  text: string,
  redactor: Redactor,
): Redacted | null {
  const value = redactor.redact(text, encoded);
  if (!canBeRead(value.class)) return null;
  if (!isTemplate) return isHarmless({ key, class: value.class, text, encoded }) ? null : value;
  const content = encoded ? contentOf(text).toString('utf8') : text;
  if (hasNamedLiteral(content)) return value;
  return !content.includes('{{') && value.class === 'plain' && isCredentialName(key) ? value : null;
}
