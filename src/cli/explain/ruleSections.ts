import { RENDER_PROBLEM_KINDS } from '../../model/rendering.ts';
import { ruleNames } from '../../settings/ruleNames.ts';
import { excerptOf, plain } from './excerpt.ts';
import { readRulePage } from './knownRules.ts';

/** A part of what is said of a rule. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What a rule finds and why, how to mend what it finds, and how to except it, out of its page. */
export async function ruleSections(rule: string): Promise<Section[]> {
  const { text } = await readRulePage(rule);
  const found = ruleNames().includes(rule) ? ofPolicyPage(text) : ofPage(text, rule);
  const isOff = text.includes('off by default.');
  return [...found, { title: 'How to mend it', lines: mending(rule) }, exceptingOf(rule, isOff)];
}

/** The parts of a page of docs/policies/, without what stands below on switching it off: it is said once. */
function ofPolicyPage(page: string): Section[] {
  const [head = '', see = ''] = page.replace(/^<!--.*-->\n+/, '').split(/^## /m);
  const [title = '', ...paragraphs] = head.split(/\n{2,}/).filter((part) => part.trim() !== '');
  const addresses = [...see.matchAll(/<(https?:[^>]*)>/g)].map(([, address = '']) => address);
  return [
    { title: plain(title.replace(/^# /, '')), lines: paragraphs.map((part) => plain(part.trim())) },
    ...(addresses.length > 0 ? [{ title: 'Why', lines: addresses }] : []),
  ];
}

function ofPage(page: string, rule: string): Section[] {
  const excerpt = excerptOf(page, rule);
  if (excerpt.length > 0) return [{ title: 'What it finds, and why', lines: [excerpt.join('\n\n')] }];
  const [, kind = ''] = rule.split('/');
  const isProblem = RENDER_PROBLEM_KINDS.some((one) => one === kind);
  const what = isProblem
    ? `A target does not render (${kind.replaceAll('-', ' ')})`
    : 'It is told in the finding';
  return [
    {
      title: 'What it finds, and why',
      lines: [`${what}: the finding has the words of the library that renders.`],
    },
  ];
}

const MENDING: Readonly<
  Record<'danger' | 'ownership' | 'render' | 'schema' | 'secret' | 'settings', string>
> = {
  danger:
    'Undo the change, or do what the finding says before the merge. Where the effect is meant, except it with the reason.',
  ownership: 'Leave the resource to one of the objects: remove it from the sources of the others.',
  render:
    'Mend the file at the line that the finding names; hydrant render TARGET shows whether it renders then.',
  schema:
    'Write at the named line what the message says is allowed. Where the schema is not that of your cluster, name the right one: kubernetesVersion, or schemas.locations for custom resources.',
  secret:
    'Encrypt the value (SOPS, Sealed Secrets) or refer to a store that has it (External Secrets). Change the value itself as well: what was pushed is known.',
  settings: 'Change the named line of .hydrant.yaml on the base branch.',
};

function mending(rule: string): string[] {
  const [category] = rule.split('/');
  const own = Object.entries(MENDING).find(([name]) => name === category)?.[1];
  return [own ?? 'Change the field at the line that the finding names, as said above.'];
}

function exceptingOf(rule: string, isOff: boolean): Section {
  const title = 'How to except it';
  if (/^(?:render|settings)\//.test(rule))
    return { title, lines: ['It cannot be excepted: what is not understood is not checked.'] };
  const switched =
    ruleNames().includes(rule) && !isOff
      ? ['', 'Or, for the whole repository:', '', 'policies:', `  disable: [${rule}]`]
      : [];
  return {
    title,
    lines: [
      'In .hydrant.yaml on the base branch, for what it is right for:',
      '',
      'exceptions:',
      `  - rule: ${rule}`,
      '    resource: Kind/name   # or namespace/Kind/name, with globs',
      '    reason: why it is right here',
      ...switched,
    ],
  };
}
