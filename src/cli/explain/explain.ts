import { styleText } from 'node:util';
import { nearest } from '../../dialects/nearest.ts';
import { packageFile } from '../../model/packageFile.ts';
import { rulePage, rulePageUrl } from '../../report/rulePage.ts';
import { oneName } from '../../report/visible.ts';
import { docsUrl } from '../../settings/docsUrl.ts';
import { ruleNames } from '../../settings/ruleNames.ts';
import { rulePagesAt } from '../../settings/rulePagesAt.ts';
import { complain } from '../complain.ts';
import { EXIT } from '../exit.ts';
import { type ColorWhen, wantsColor } from '../wantsColor.ts';
import { knownRules } from './knownRules.ts';
import { ruleSections } from './ruleSections.ts';

/**
 * `hydrant explain`: prints what a rule finds and why, how to mend it, and how to except it.
 * @returns the exit code: 2 where no rule is called so.
 */
export async function runExplain(rule: string, { color }: { readonly color: ColorWhen }): Promise<number> {
  const known = await knownRules();
  if (!known.includes(rule)) {
    complain(unknown(rule, known), 'explain');
    return EXIT.couldNotRun;
  }
  const isColored = wantsColor(color, { env: process.env, isTTY: process.stdout.isTTY });
  const head = (text: string) => (isColored ? styleText('bold', text, { validateStream: false }) : text);
  const sections = await ruleSections(rule);
  const parts = sections.map(({ title, lines }) =>
    [head(title), ...lines.map((line) => line.replace(/^(?=.)/gm, '  '))].join('\n'),
  );
  const where = `${head('Read more')}\n  ${pageOf(rule)}`;
  process.stdout.write(`${[head(rule), ...parts, where].join('\n\n')}\n`);
  return EXIT.passed;
}

/** An address where there is one, else the file that ships. */
function pageOf(rule: string): string {
  const pages = rulePagesAt(docsUrl(process.env));
  return pages === undefined ? packageFile(rulePage(rule, ruleNames())) : rulePageUrl(rule, pages);
}

/** The nearest name, else those of the same category, else how users' own are told. */
function unknown(rule: string, known: readonly string[]): string {
  const said = `no rule of Hydrant is called ${oneName(rule, 200)}`;
  const [category = ''] = rule.split('/');
  const meant = nearest(rule, known) ?? known.find((one) => one.endsWith(`/${rule}`));
  const alike = known.filter((one) => one.startsWith(`${category}/`));
  if (meant !== undefined) return `${said}; did you mean ${meant}?`;
  if (alike.length > 0) return `${said}; there are ${alike.join(', ')}`;
  const categories = [...new Set(known.map((one) => one.replace(/\/.*/, '/...')))].join(', ');
  return `${said}: its own are ${categories}; what a policy of yours finds, its own text tells`;
}
