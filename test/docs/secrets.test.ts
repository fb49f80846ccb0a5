import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { readFolder } from '../helpers/repository.ts';

/** Every rule on Secrets that the code names. */
async function rulesOfCode(): Promise<Set<string>> {
  const files = Object.entries(await readFolder(packageFile('src'))).filter(([name]) => name.endsWith('.ts'));
  const texts = await Promise.all(
    files.map(([name]) => readFile(path.join(packageFile('src'), name), 'utf8')),
  );
  return new Set(texts.flatMap((text) => text.match(/(?<=')secret\/[a-z-]+(?=')/g) ?? []));
}

test('docs/secrets.md lists the rules that there are', async () => {
  const text = await readFile(packageFile('docs/secrets.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `(?<rule>secret\/[a-z-]+)` \|/gm)].map(
    ({ groups }) => groups?.['rule'] ?? '',
  );
  expect(listed.toSorted()).toEqual([...(await rulesOfCode())].toSorted());
});
