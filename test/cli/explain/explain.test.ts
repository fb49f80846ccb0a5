import { expect, test } from '@jest/globals';
import { excerptOf } from '../../../src/cli/explain/excerpt.ts';
import { knownRules } from '../../../src/cli/explain/knownRules.ts';
import { ruleSections } from '../../../src/cli/explain/ruleSections.ts';
import { hydrant } from '../run.ts';

test('says of every rule what it finds, how to mend it and how to except it', async () => {
  const known = await knownRules();
  expect(known).toEqual(
    expect.arrayContaining([
      'danger/data-loss',
      'flux/reference',
      'rbac/wildcard',
      'render/missing-file',
      'secret/credential',
    ]),
  );
  for (const rule of known) {
    const sections = await ruleSections(rule);
    const titles = sections.map(({ title }) => title);
    expect(titles.slice(-2)).toEqual(['How to mend it', 'How to except it']);
    expect([rule, titles.length > 2]).toEqual([rule, true]);
    for (const { lines } of sections) expect([rule, lines.join('').trim()]).not.toEqual([rule, '']);
  }
});

test('says how a rule that is on is switched off, and of no other', async () => {
  const lines = async (rule: string) =>
    (await ruleSections(rule)).flatMap((section) => section.lines).join('\n');
  expect(await lines('rbac/wildcard')).toContain('disable: [rbac/wildcard]');
  expect(await lines('images/latest-tag')).not.toContain('disable');
  expect(await lines('schema/required')).not.toContain('disable');
  expect(await lines('render/syntax')).toContain('cannot be excepted');
});

const PAGE = `# Title

| rule | when | then |
|---|---|---|
| \`a/one\` | it **is** [so](other.md) | |
| \`a/one\` | again | x |
| \`a/two\` | never | y |

- of \`a/two\`
  on two lines
- of others

Words on \`a/two\` here.
`;

test('a page is read by rows, items and paragraphs', () => {
  expect(excerptOf(PAGE, 'a/one')).toEqual(['when: it is so', 'when: again\nthen: x']);
  expect(excerptOf(PAGE, 'a/two')).toEqual([
    'when: never\nthen: y',
    'of a/two on two lines',
    'Words on a/two here.',
  ]);
  expect(excerptOf(PAGE, 'a/three')).toEqual([]);
});

test('prints it, or exits 2 with the nearest name', async () => {
  const { code, stdout } = await hydrant('explain', 'secret/credential', '--color', 'always');
  expect(code).toBe(0);
  expect(stdout.startsWith('\u001b[1msecret/credential\u001b[22m\n\n')).toBe(true);
  expect(stdout).toContain('  - rule: secret/credential\n');
  for (const [rule, said] of [
    ['secret/credentail', 'did you mean secret/credential?'],
    ['wildcard', 'did you mean rbac/wildcard?'],
    ['danger/x', 'there are danger/data-loss, '],
    ['main/\u202edeny', 'main/<U+202E>deny: its own are argocd/..., '],
  ] as const)
    expect(await hydrant('explain', rule)).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining(said),
    });
});
