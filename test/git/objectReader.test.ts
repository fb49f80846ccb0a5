import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ObjectReader } from '../../src/git/objectReader.ts';
import { createFolder, createRepository, runGit } from '../helpers/repository.ts';

test('reads are answered though the process ends whenever it is idle', async () => {
  const made = await createRepository();
  const commit = await made.commit({ a: '1' });
  const reader = new ObjectReader(made.gitDir, 2);
  for (let pause = 0; pause < 12; pause++) {
    const answers = await Promise.all([reader.read(commit), reader.read(commit)]);
    expect(answers.map(({ type }) => type)).toEqual(['commit', 'commit']);
    await wait(pause);
  }
  await reader.close();
});

test('an object that is not there fails alone, and its neighbours are answered', async () => {
  const made = await createRepository();
  const commit = await made.commit({ a: '1' });
  const reader = new ObjectReader(made.gitDir);
  const asked = [commit, 'e'.repeat(40), commit].map((oid) => reader.read(oid));
  expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  await expect(asked[1]).rejects.toMatchObject({
    code: 'object-missing',
    message: `The Git object ${'e'.repeat(40)} is not in the repository.`,
  });
  await reader.close();
});

test('what a partial clone lacks is said, with what gets it', async () => {
  const origin = await createRepository();
  await origin.commit({ a: 'its content' });
  const oid = await origin.git(['rev-parse', 'main:a']);
  await origin.git(['config', 'uploadpack.allowFilter', 'true']);
  const dir = await createFolder();
  const source = `file://${origin.dir}`;
  await runGit(dir, ['clone', '--quiet', '--no-checkout', '--filter=blob:none', source, 'clone']);
  const reader = new ObjectReader(`${dir}/clone/.git`);
  await expect(reader.read(oid)).rejects.toMatchObject({
    code: 'object-missing',
    message: `Could not read the Git object ${oid}: the repository is a partial clone and does not have it; \`git fetch --refetch --no-filter\` gets all that is missing.`,
  });
  await reader.close();

  await runGit(`${dir}/clone`, ['fetch', '--quiet', '--refetch', '--no-filter', 'origin']);
  const complete = new ObjectReader(`${dir}/clone/.git`);
  expect((await complete.read(oid)).content.toString()).toBe('its content');
  await complete.close();
});
