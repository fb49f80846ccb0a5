import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { DEFAULT_LIMITS, type ReviewLimits } from '../../src/isolation/limits.ts';
import { ReviewPool } from '../../src/isolation/reviewPool.ts';
import { packageFile } from '../../src/model/packageFile.ts';
import { createFolder } from '../helpers/repository.ts';
import { all, FOLDERS, GOOD, GREEN, type Scenario, scenario } from './helpers.ts';

jest.setTimeout(180_000);
/** Processes are started anew, on a machine that may have other things to do. */
const PATIENCE = 60_000;

const PROGRAM = packageFile('test/isolation/misbehaving.mjs');
const pools: ReviewPool[] = [];
afterEach(async () => {
  delete process.env['HYDRANT_ENGINE'];
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

/** Reviews that may do as their heads say. */
function misbehaving(limits: Partial<ReviewLimits>): ReviewPool {
  const pool = new ReviewPool({
    limits: { ...DEFAULT_LIMITS, ...limits },
    folders: FOLDERS,
    program: PROGRAM,
  });
  pools.push(pool);
  return pool;
}

/** What the check runs of a commit say, which is the same of all. */
function said({ github }: Scenario, sha: string): string {
  const texts = new Set(github.checkRuns(sha).map(({ title, summary }) => `${title}: ${summary}`));
  expect(texts.size).toBe(1);
  return [...texts][0] ?? '';
}

/** An engine that ends where it is to render the folder `crash`; else it is the real one. */
async function crashingEngine(): Promise<string> {
  const file = path.join(await createFolder(), 'engine.mjs');
  const lines = [
    `#!${process.execPath}`,
    "import { spawn } from 'node:child_process';",
    `const engine = spawn(${JSON.stringify(packageFile('dist/hydrant-engine'))}, process.argv.slice(2), { env: {} });`,
    'engine.stdout.pipe(process.stdout);',
    "process.stdin.on('data', (chunk) => {",
    `  if (chunk.includes('"method":"render"') && chunk.includes('"crash"')) process.exit(1);`,
    '  engine.stdin.write(chunk);',
    "}).on('end', () => engine.stdin.end());",
  ];
  await writeFile(file, lines.join('\n'));
  await chmod(file, 0o755);
  return file;
}

test('reviews that need too much or die are concluded, each with its reason, and the others go on', async () => {
  process.env['HYDRANT_ENGINE'] = await crashingEngine();
  const at = await scenario();
  // Time enough for the honest ones on a slow machine.
  const limits = { timeoutMs: 20_000, memoryBytes: 2 ** 29, outputBytes: 2 ** 20 };
  const bot = await at.start(undefined, misbehaving(limits));
  const open = (misbehave: string) => at.open({ ...GOOD, misbehave });
  const hanging = await open('hang');
  const allocating = await open('allocate');
  const killing = await open('kill');
  const talking = await open('talk');
  const crashing = await at.open({
    ...GOOD,
    'crash/kustomization.yaml': 'resources: [c.yaml]\n',
    'crash/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
  });
  const honest = await at.open(GOOD);

  expect(await at.concluded(honest.headSha, PATIENCE)).toEqual(GREEN);
  const place = 'it was ended while finding and rendering targets, at the target `app`';
  for (const [{ headSha }, need] of [
    [allocating, 'This review needs more than 512 MB of memory'],
    [killing, 'The process of this review ended unexpectedly'],
    [hanging, 'This review needs more than 20 seconds'],
  ] as const) {
    expect(await at.concluded(headSha, PATIENCE)).toEqual(all('failure'));
    expect(said(at, headSha)).toContain(`${need}: I${place.slice(1)}`);
  }
  expect(await at.concluded(talking.headSha, PATIENCE)).toEqual(all('failure'));
  expect(said(at, talking.headSha)).toContain('This review needs more than 1 MB of text: It was ended');
  expect(await at.concluded(crashing.headSha, PATIENCE)).toMatchObject({ 'hydrant/render': 'failure' });
  expect(await at.comments(bot, crashing)).toEqual([
    expect.stringContaining('The render engine crashed on this target.'),
  ]);
  expect(await at.comments(bot, honest)).toHaveLength(1);
});

test('a head whose reviews are ended is tried again twice, whoever asks, and by no later bot', async () => {
  const at = await scenario();
  const pool = misbehaving({ timeoutMs: 1000 });
  const first = await at.start(undefined, pool);
  const pull = await at.open({ ...GOOD, misbehave: 'hang' });
  const concludedRuns = (count: number) => {
    const runs = () => at.github.checkRuns(pull.headSha, 'all');
    return at.github.waitFor(
      () => runs().filter(({ status }) => status === 'completed').length === 4 * count,
    );
  };
  const ask = () => at.github.comment(pull, { user: 'writer', body: '/hydrant validate' });
  await concludedRuns(1);
  for (const count of [2, 3]) {
    await ask();
    await concludedRuns(count);
    expect(said(at, pull.headSha)).toContain('This review needs more than 1 second: It was ended');
  }
  await ask();
  await concludedRuns(4);
  expect(said(at, pull.headSha)).toMatch(/^Not reviewed again: Each of 3 reviews .* more than 1 second/);
  await first.stop();

  const reviewed: string[] = [];
  const second = await at.start(
    (review) => (request) => {
      reviewed.push(request.head);
      return review(request);
    },
    pool,
  );
  await ask();
  await concludedRuns(5);
  expect(said(at, pull.headSha)).toMatch(/^Not reviewed again/);
  await second.idle();
  expect(reviewed).toEqual([]);
});
