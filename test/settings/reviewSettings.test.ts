import { expect, test } from '@jest/globals';
import { reviewSettings } from '../../src/settings/reviewSettings.ts';
import { ownSnapshot } from '../helpers/ownCommits.ts';

/** What the review says of settings in force, and of those that the head proposes. */
async function saidOf(inForce: string, proposed: string): Promise<string[]> {
  const [one, other] = await Promise.all(
    [inForce, proposed].map((settings) => ownSnapshot({ '.hydrant.yaml': settings })),
  );
  if (one === undefined || other === undefined) throw new Error('there are two');
  const { judgement } = await reviewSettings(one, other);
  return judgement.after.map(({ violation }) => `${violation.severity} ${violation.message}`);
}

const CASES: readonly (readonly [string, string])[] = [
  ['an unknown field', 'gates: all\n'],
  ['an entry of a list', 'policies:\n  disable:\n  - images/latest-tagg\n'],
  ['a field that stands twice', 'gate: new\ngate: new\n'],
  ['a cluster that stands twice', 'clusters:\n- name: one\n- name: two\n- name: two\n'],
  ['no YAML', 'targets: [a\n'],
];

test.each(CASES)('%s is no other problem under a comment above it', async (_, text) => {
  const [first = ''] = text.split('\n');
  const moved = text.replace(first, `# Said by the platform team.\n${first}`);
  const said = await saidOf(text, moved);
  expect(said).toEqual([expect.stringMatching(/^error /)]);
});

test('an entry that stands behind another one now is no other problem', async () => {
  const [before, after] = ['  - images/latest-tagg\n', '  - rbac/wildcard\n  - images/latest-tagg\n'].map(
    (entries) => `policies:\n  disable:\n${entries}`,
  );
  expect(await saidOf(before ?? '', after ?? '')).toEqual([expect.stringMatching(/^error .*latest-tagg/)]);
});

test('a second mistake of the same words is the proposal’s own', async () => {
  const entry = '- {resource: Deployment/web, reason: later}\n';
  const said = await saidOf(`exceptions:\n${entry}`, `exceptions:\n${entry}${entry}`);
  expect(said).toEqual([
    expect.stringMatching(/^error `.hydrant.yaml` line 2: /),
    expect.stringMatching(/^warning `.hydrant.yaml` line 3: /),
  ]);
});
