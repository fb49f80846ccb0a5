import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';

/** The rows of the table, each as its cells. */
async function rows(): Promise<string[][]> {
  const text = await readFile(packageFile('SECURITY.md'), 'utf8');
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => line.split('|').slice(1, -1));
}

const TEST_FILE = /^(?:test\/.+\.test\.ts|engine\/.+_test\.go)$/;

test('each row of the threat model has an attacker, a path, a defence and tests that exist', async () => {
  const all = await rows();
  expect(all.length).toBeGreaterThan(15);
  for (const row of all) {
    expect(row.map((cell) => cell.trim() !== '')).toEqual([true, true, true, true]);
    const named = [...(row[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !TEST_FILE.test(name) || !existsSync(packageFile(name)))).toEqual([]);
  }
});
