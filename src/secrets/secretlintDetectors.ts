import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';
import type { Credential } from './credential.ts';

/** A comment in a pull request must not switch a detector off. */
const DETECTORS = rules.filter(({ meta }) => !meta.id.endsWith('-filter-comments'));

/**
 * Credentials in a text by secretlint's recommended rules. They are run here and not by secretlint's core,
 * which compares each finding with every other one.
 */
export async function foundBySecretlint(text: string): Promise<Credential[]> {
  const found: Credential[] = [];
  const ignored: Ignored[] = [];
  for (const rule of DETECTORS) {
    const { id } = rule.meta;
    const context = contextOf(id, { text, found, ignored });
    await rule.create(context, {}).file?.(sourceOf(text));
  }
  if (ignored.length === 0) return found;
  return found.filter(({ start, end }) => !ignored.some((part) => part.start <= start && end <= part.end));
}

/** A part of the text that a rule knows to be an example. */
type Ignored = Pick<Credential, 'start' | 'end'>;

/** What stands in front of a key is no longer than this. */
const NAME = 100;

/** What a rule reports to. https://github.com/secretlint/secretlint/blob/master/docs/secretlint-rule.md */
function contextOf(
  id: string,
  {
    text,
    found,
    ignored,
  }: { readonly text: string; readonly found: Credential[]; readonly ignored: Ignored[] },
): SecretLintRuleContext {
  const detector = id.replace(/^.*rule-/, '');
  return {
    sharedOptions: {},
    createTranslator: () => (_, data) => ({ message: '', messageId: '', data }),
    report: ({ message, range: [start, end] }) => {
      // The rule of AWS gives the length of the key and the place of its name.
      const { KEY: key } = (message.data ?? {}) as { readonly KEY?: unknown };
      const at = typeof key === 'string' ? text.indexOf(key, start) : start;
      const moved = at > start && at <= end + NAME ? at - start : 0;
      found.push({ start: start + moved, end: end + moved, detector, tool: 'secretlint' });
    },
    ignore: ({ range: [start, end] }) => {
      ignored.push({ start, end });
    },
  };
}

/** The rules of the preset ask for the text alone. */
function sourceOf(text: string): SecretLintSourceCode {
  const unknown = () => {
    throw new Error('a rule asks for a place');
  };
  return {
    hasBOM: false,
    content: text,
    contentType: 'text',
    filePath: 'text',
    physicalFilePath: undefined,
    ext: '',
    getFilePath: () => 'text',
    getPhysicalFilePath: () => undefined,
    locationToRange: unknown,
    rangeToLocation: unknown,
    positionToIndex: unknown,
    indexToPosition: unknown,
  };
}
