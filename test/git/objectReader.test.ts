import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ObjectReader } from '../../src/git/objectReader.ts';
import { createRepository } from '../helpers/repository.ts';

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
