import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { readFolder } from '../helpers/repository.ts';
import { findCanaries, MARKER, withoutCanaries } from './scan.mjs';
import { secretValues } from './secretValues.ts';
import { takeLeaks, watch } from './watch.ts';

const VALUE = `${MARKER}hunter2`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a value of a Secret is found', () => {
  test.each([
    ['as it is', VALUE, 'plain'],
    ['in a document', `a: b\nkind: Secret\npassword: "${VALUE}"`, 'plain'],
    ['in JSON', JSON.stringify({ text: `a\n${VALUE}` }), 'plain'],
    ['in an address', `https://user:${encodeURIComponent(VALUE)}@example.com`, 'plain'],
    ['in base64', base64(VALUE), 'base64'],
    ['in base64, after one byte', base64(`x${VALUE}`), 'base64'],
    ['in base64, after two bytes', base64(`xy${VALUE}`), 'base64'],
    ['in base64, in the middle', `a ${base64(`user:${VALUE}:more`)} b`, 'base64'],
    ['in base64 of addresses', Buffer.from(`?>${VALUE}`).toString('base64url'), 'base64'],
    ['in hex', Buffer.from(`x${VALUE}`).toString('hex'), 'hex'],
    ['as bytes', JSON.stringify(Buffer.from(VALUE)), 'bytes'],
    ['as bytes that Go prints', `[${[...Buffer.from(VALUE)].join(' ')}]`, 'bytes'],
    ['in hex, in capitals', Buffer.from(VALUE).toString('hex').toUpperCase(), 'hex'],
  ])('%s', (_, text, form) => {
    const line = text.split('\n').length;
    expect(findCanaries(text)).toEqual([{ form, line }]);
    expect(findCanaries(withoutCanaries(text))).toEqual([]);
  });

  test('and nothing else is', () => {
    expect(findCanaries(`a canary; ${base64('canaries')}\n<redacted>\nhydrant.redacted/00ff`)).toEqual([]);
  });
});

describe('the test that lets one out fails', () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => {});
  afterEach(() => {
    said.mockClear();
  });

  test('when it is printed', () => {
    watch('stdout of a command', `fine\nfine\n${VALUE}\n`);
    expect(takeLeaks()).toEqual(['stdout of a command, line 3: the value of a Secret (plain)']);
    // Found in the run's output, should it come too late for the test to fail.
    expect(findCanaries(String(said.mock.calls[0]?.[0]))).toHaveLength(1);
    expect(String(said.mock.calls[0]?.[0])).not.toContain('hunter2');
  });

  test('when it is sent', async () => {
    await expect(
      fetch('http://127.0.0.1:1/', { method: 'POST', body: JSON.stringify({ body: VALUE }) }),
    ).rejects.toThrow();
    expect(takeLeaks()).toEqual(['a request that was sent, line 1: the value of a Secret (plain)']);
  });
});

describe('of the repository', () => {
  test.each(['test/fixtures', 'examples/gitops-repo'])(
    'each value of a Secret in %s is known by its marker',
    async (folder) => {
      const values = secretValues(await readFolder(packageFile(folder)));
      expect(values.length).toBeGreaterThan(0);
      expect(values.filter(({ value }) => findCanaries(value).length === 0 && !isEncrypted(value))).toEqual(
        [],
      );
    },
  );

  test('no snapshot holds one', async () => {
    const snapshots = await filesOf('test', /\.snap$/);
    expect(snapshots.length).toBeGreaterThan(0);
    expect(snapshots.filter(({ text }) => findCanaries(text).length > 0)).toEqual([]);
  });

  // Whoever runs them elsewhere has to watch what comes of it.
  test.each([
    ['the command', /bin\/hydrant\.js/, ['cli/run.ts', 'cli/start.test.ts']],
    ['the bot', /\bstartBot\(/, ['bot/helpers.ts']],
    [
      'a review',
      /\breviewRepository\(/,
      [
        'examples/changed.ts',
        'examples/gitopsRepo.test.ts',
        'review/fourWays.test.ts',
        'review/kept.test.ts',
        'review/operatorsReview.ts',
        'review/reviewed.ts',
      ],
    ],
  ])('%s is run where it is watched, only', async (_, pattern, expected) => {
    const sources = await filesOf('test', /\.ts$/);
    const found = sources.filter(({ name, text }) => pattern.test(text) && !name.startsWith('canary/'));
    expect(found.map(({ name }) => name).toSorted()).toEqual(expected);
  });
});

function isEncrypted(value: string): boolean {
  return value.includes('ENC[AES256_GCM,');
}

async function filesOf(folder: string, wanted: RegExp): Promise<{ name: string; text: string }[]> {
  const names = Object.keys(await readFolder(packageFile(folder))).filter((name) => wanted.test(name));
  return Promise.all(
    names.map(async (name) => ({
      name,
      text: await readFile(path.join(packageFile(folder), name), 'utf8'),
    })),
  );
}
