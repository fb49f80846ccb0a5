import { wordsOf } from '../model/credentialName.ts';
import { classOf } from '../model/secretValue.ts';
import { isRandom } from './hiding/ordinary.ts';

/** Last words of names behind which nothing but a password stands. */
const PASSWORD = /^(?:\w*password|passwd|passphrase|pwd|pw)$/;

/** Those behind which a name may stand as well. */
const TOKEN = /(?:token|apikey|secretkey|accesskey|clientsecret)$/;

/** Names around it that say that keys or names of other objects stand there. */
const ELSEWHERE = /existing|ref$|refs$|keys$|secretname|from$|schema|policy/;

/**
 * True for a value that is a password or token in plain by its name, as the values of charts have them. What a
 * field of another object is called, `password` or `db-password`, is none.
 * @param names of the fields on the way to it, the outermost first.
 */
export function isPasswordLiteral(names: readonly string[], text: string): boolean {
  if (classOf(text) !== 'plain' || text.length > LONGEST || /\s|^\/|\{\{/.test(text.trim())) return false;
  const words = names.map((name) => wordsOf(name).join(''));
  if (words.some((name) => ELSEWHERE.test(name))) return false;
  const name = words.at(-1) ?? '';
  const isWord = /passw|secret|credential/i.test(text) && !/[0-9]/.test(text);
  if (PASSWORD.test(name)) return !isWord;
  return TOKEN.test(name) && isRandom(text.trim());
}

/** Longer texts are no passwords. */
const LONGEST = 256;
