import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import { packageFile } from '../../src/model/packageFile.ts';
import { createFolder } from '../helpers/repository.ts';
import { forbidden, options, ROOMS } from './rules.ts';

/** What in the folder src/ of a package is against the rules, and how many files were looked at. */
async function violationsIn(baseDir: string) {
  const cruised = await cruise(['src'], { ...options, baseDir, validate: true, ruleSet: { forbidden } });
  if (typeof cruised.output === 'string') throw new Error('expected a result, not text');
  const { summary } = cruised.output;
  return {
    looked: summary.totalCruised,
    violations: summary.violations.map(({ from, to, rule }) => `${from} -> ${to} (${rule.name})`),
  };
}

test('dependencies point one way', async () => {
  const { looked, violations } = await violationsIn(packageFile(''));
  expect(looked).toBeGreaterThan(50);
  expect(violations).toEqual([]);
});

test('the folders of src/ are the rooms, and no file stands beside them', async () => {
  expect((await readdir(packageFile('src'))).toSorted()).toEqual(ROOMS.toSorted());
});

/** An import that is wrong where it stands. */
const WRONG = [
  ['findings/settle.ts', 'node:fs'],
  ['secrets/searchSecrets.ts', 'fs/promises'],
  ['discovery/discover.ts', 'node:child_process'],
  ['causes/placer.ts', 'node:https'],
  ['dialects/glob.ts', 'node:worker_threads'],
  ['checks/danger/claims.ts', 'node:net'],
  ['checks/schemas/formats.ts', 'node:fs'],
  ['report/text.ts', 'node:dns'],
  ['review/review.ts', 'execa'],
  ['compare/changes.ts', 'undici'],
  ['render/renderer.ts', 'a-package-nobody-looked-at'],
] as const;

/** One that is right. */
const RIGHT = [
  ['findings/verdicts.ts', 'node:path'],
  ['secrets/sops.ts', 'yaml'],
  ['checks/schemas/textFormats.ts', 'node:net'],
  ['checks/schemas/apiHistory.ts', 'node:fs/promises'],
  ['checks/policies/evaluator.ts', 'node:worker_threads'],
  ['git/git.ts', 'execa'],
  ['remote/send.ts', 'undici'],
] as const;

test('a room that judges imports nothing that speaks to something outside', async () => {
  const root = await createFolder();
  for (const [file, imported] of [...WRONG, ...RIGHT]) {
    const written = path.join(root, 'src', file);
    await mkdir(path.dirname(written), { recursive: true });
    await writeFile(written, `import * as it from '${imported}';\nexport const used = it;\n`);
  }
  const { violations } = await violationsIn(root);
  expect(violations.toSorted()).toEqual(
    WRONG.map(
      ([file, imported]) => `src/${file} -> ${imported.replace('node:', '')} (judgement-does-no-io)`,
    ).toSorted(),
  );
});
