import { expect, jest, test } from '@jest/globals';
import type { Reviewer } from '../../src/bot/reviewer.ts';
import { GOOD, GREEN, type Scenario, scenario } from '../bot/helpers.ts';
import { configMap } from '../helpers/operators.ts';
import { createRepository } from '../helpers/repository.ts';
import { HOSTILE } from './repositories.ts';

jest.setTimeout(600_000);
/** Ten reviews one after the other, on a machine that may have other things to do. */
const PATIENCE = 300_000;

/** Of each kind of attack some; an ordinary run takes the first three. */
const NAMES = [
  'a matrix of hundreds by hundreds',
  'a Secret of lists that multiply',
  'symlinks to each other',
  'file names with line breaks and controls',
  'a template that includes itself',
  'kustomizations in a circle',
  'a submodule in place of a folder',
  'lists in lists of a resource',
  'keys called __proto__',
  'a template that doubles a text',
];
const TRIED = process.env['HYDRANT_TEST_LONG'] === '1' ? NAMES : NAMES.slice(0, 3);

/** A pull request in a repository of its own, which passes every check. */
async function openElsewhere({ github }: Scenario): Promise<string> {
  const files = await createRepository();
  await files.commit({ 'app/kustomization.yaml': 'resources: [c.yaml]\n', 'app/c.yaml': configMap('c') });
  const repo = await github.addRepository({ owner: 'acme', name: 'elsewhere', gitDir: files.gitDir });
  await files.commit({ 'app/c.yaml': configMap('c', 'a: changed') }, { branch: 'topic' });
  return (await github.openPull({ repo, head: 'topic', title: 'A change', author: 'writer' })).headSha;
}

test('hostile pull requests are concluded, once each, and so is the honest one beside them', async () => {
  const at = await scenario();
  const reviewed: string[] = [];
  const noted = (review: Reviewer) => (request: Parameters<Reviewer>[0]) => {
    reviewed.push(request.head);
    return review(request);
  };
  const bot = await at.start(noted);
  const pulls = new Map<string, string>();
  for (const name of TRIED) {
    // One that is called otherwise by now has no files, and its pull request passes.
    const { headSha } = await at.open({ ...GOOD, ...HOSTILE[name]?.files });
    pulls.set(name, headSha);
  }
  const honest = await openElsewhere(at);

  expect(await at.concluded(honest, PATIENCE)).toEqual(GREEN);
  for (const [name, sha] of pulls) {
    const conclusions = Object.values(await at.concluded(sha, PATIENCE));
    expect({ name, isGreen: conclusions.every((conclusion) => conclusion === 'success') }).toEqual({
      name,
      isGreen: false,
    });
  }
  await bot.idle();
  expect(reviewed.toSorted()).toEqual([...pulls.values(), honest].toSorted());
});
