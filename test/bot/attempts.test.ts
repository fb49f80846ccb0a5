import { beforeEach, describe, expect, test } from '@jest/globals';
import { type Attempts, openAttempts, TriedEnough } from '../../src/bot/attempts.ts';
import type { Job } from '../../src/bot/job.ts';
import { createFolder } from '../helpers/repository.ts';

const JOB: Job = { installationId: 1, owner: 'acme', repo: 'gitops', kind: 'pull', number: 7, head: 'a' };
const NEWER: Job = { ...JOB, head: 'b' };

describe('the reviews of a head', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await createFolder();
  });
  /** As a bot that starts anew. */
  const opened = (): Attempts => openAttempts(dataDir);

  test('are begun three times where none comes to an end, whatever becomes of the bots', async () => {
    for (let count = 0; count < 3; count++) await opened().begin(JOB);
    await expect(opened().begin(JOB)).rejects.toThrow(TriedEnough);
    await expect(opened().begin({ ...JOB, owner: 'Acme', number: 8 })).rejects.toMatchObject({
      attempts: 3,
      last: null,
    });
    await opened().begin(NEWER);
  });

  test('tell why the last one was ended', async () => {
    for (let count = 0; count < 3; count++) {
      await opened().begin(JOB);
      await opened().ended(JOB, `ended ${count}`);
    }
    await expect(opened().begin(JOB)).rejects.toMatchObject({ attempts: 3, last: 'ended 2' });
  });

  test('that come to an end count no more', async () => {
    for (let count = 0; count < 5; count++) {
      await opened().begin(JOB);
      await opened().done(JOB);
    }
  });
});
