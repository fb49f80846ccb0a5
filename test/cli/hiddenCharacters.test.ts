import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createLog } from '../../src/bot/log.ts';
import { hasHidden } from '../../src/model/hiddenCharacters.ts';
import { configMap } from '../helpers/operators.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

const ODD = 'web\u202e\u009b31m';
const BROKEN = 'api\n\u200b';
let clone: TestRepository;

beforeAll(async () => {
  clone = await createRepository();
  await clone.commit({
    [`${ODD}/kustomization.yaml`]: 'resources: [c.yaml]\n',
    [`${ODD}/c.yaml`]: configMap('a').replace('a: b', 'a: "x\\u2060y"'),
    [`${BROKEN}/kustomization.yaml`]: 'resources: [gone.yaml]\n',
  });
});
afterAll(() => clone.remove());

function run(command: string, ...args: string[]) {
  return hydrant(command, '--repo', clone.dir, ...args);
}

test('the list of targets writes out what has no sign of its own', async () => {
  const { stdout } = await run('targets');
  expect(stdout).toContain('\nweb<U+202E><U+009B>31m ');
  expect(stdout).toContain('\napi<U+000A><U+200B> ');
  expect(hasHidden(stdout)).toBe(false);
});

test('JSON has it as escapes, which are read as what it is', async () => {
  for (const [command, ...args] of [
    ['targets', '--format', 'json'],
    ['check', '--base', 'HEAD', '--format', 'json'],
  ] as const) {
    const { stdout } = await run(command, ...args);
    expect(hasHidden(stdout)).toBe(false);
    expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(ODD));
  }
  const { stdout } = await run('render', '--all', '--format', 'jsonl');
  expect(hasHidden(stdout)).toBe(false);
  expect(
    stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line).target),
  ).toEqual([BROKEN, ODD]);
});

test('errors have one line each, and manifests that are no terminal are what they are', async () => {
  const { stdout, stderr } = await run('render', '--all');
  expect(stdout).toContain('x\u2060y');
  expect(stderr).toMatch(
    /^hydrant render: api<U\+000A><U\+200B>: api <U\+200B>\/kustomization\.yaml [^\n]*\n$/,
  );
});

test('the log of the bot has it as escapes', () => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line: string | Uint8Array) => lines.push(String(line)) > 0 });
  log.error({ err: new Error(`no ${ODD}\n{"level":60}`) }, 'a review failed');
  expect(lines).toHaveLength(1);
  expect(hasHidden(lines.join(''))).toBe(false);
  expect(JSON.parse(lines.join('')).err.message).toBe(`no ${ODD}\n{"level":60}`);
});
