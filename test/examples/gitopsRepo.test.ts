import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { samplePullRequest } from '../../src/cli/demo/changes.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { DEFAULT_SETTINGS } from '../../src/settings/defaults.ts';
import { findTargets } from '../../src/targets/findTargets.ts';
import { createRepository, readFolder, type TestRepository } from '../helpers/repository.ts';

const FOLDER = fileURLToPath(new URL('../../examples/gitops-repo', import.meta.url));
const TARGETS = [
  'apps/another-app/overlays/production',
  'apps/another-app/overlays/staging',
  'apps/myapp/overlays/development',
  'apps/myapp/overlays/production',
  'apps/myapp/overlays/staging',
  'infrastructure/overlays/development',
  'infrastructure/overlays/production',
  'infrastructure/overlays/staging',
];

const engine = new EnginePool();
let clone: TestRepository;
let repository: Repository;
let empty: string;
let commit: string;

beforeAll(async () => {
  clone = await createRepository();
  empty = await clone.commit({ 'README.md': 'Nothing yet.\n' });
  commit = await clone.commit(await readFolder(FOLDER));
  repository = await openRepository(clone.dir);
});
afterAll(() => Promise.all([engine.close(), repository.close()]));

async function manifests(path: string): Promise<string> {
  const redaction = { mode: 'mask' } as const;
  const reply = await engine.render({
    gitDir: repository.gitDir,
    commit,
    path,
    redaction,
    want: 'manifests',
  });
  if ('problem' in reply) throw new Error(reply.problem.message);
  return reply.manifests ?? '';
}

test('the overlays are the targets; bases and components are not', async () => {
  const targets = await findTargets(await repository.snapshot(commit), DEFAULT_SETTINGS);
  expect(targets.map(({ id }) => id)).toEqual(TARGETS);
});

test.each(TARGETS)('%s renders', async (target) => {
  expect(await manifests(target)).toMatch(/^apiVersion: /);
});

test('production of myapp has every construct of the guide', async () => {
  expect(await manifests('apps/myapp/overlays/production')).toMatchSnapshot();
});

test('nothing is to be said against it, and nothing is left unvalidated', async () => {
  const review = await reviewRepository({ repository, base: empty, head: commit, engine });
  expect(review.targets.filter(({ affected }) => affected).map(({ id }) => id)).toEqual(TARGETS);
  expect(review).toMatchObject({ verdict: 'success', findings: [], notValidated: [] });
});

describe("the demo's pull request", () => {
  test('has one mistake for each of schemas, policies and secrets, each at its line', async () => {
    const { mistakes } = samplePullRequest(await readFolder(FOLDER));
    const head = await clone.commit(mistakes, { branch: 'mistakes', parent: commit });
    const review = await reviewRepository({ repository, base: commit, head, engine });
    expect(
      review.findings.map(({ status, rule, location, targets }) => ({ status, rule, location, targets })),
    ).toEqual([
      {
        status: 'new',
        rule: 'schema/unknown-field',
        location: { path: 'apps/another-app/base/deployment.yaml', startLine: 6, endLine: 6 },
        targets: TARGETS.slice(0, 2),
      },
      {
        status: 'new',
        rule: 'security/privileged',
        location: { path: 'apps/myapp/base/deployment.yaml', startLine: 67, endLine: 67 },
        targets: TARGETS.slice(2, 5),
      },
      {
        status: 'new',
        rule: 'secret/plain-secret',
        location: { path: 'apps/myapp/overlays/staging/smtp.yaml', startLine: 7, endLine: 7 },
        targets: ['apps/myapp/overlays/staging'],
      },
    ]);
    expect(JSON.stringify(review)).not.toContain('canary');
  });

  test('is green once mended, and still has the new image', async () => {
    const { mistakes, fixes } = samplePullRequest(await readFolder(FOLDER));
    await clone.commit(mistakes, { branch: 'fixes', parent: commit });
    const head = await clone.commit(fixes, { branch: 'fixes' });
    const review = await reviewRepository({ repository, base: commit, head, engine });
    expect(review).toMatchObject({ verdict: 'success', findings: [], notValidated: [] });
    expect(review.images.map(({ target, from, to }) => [target, from, to])).toEqual(
      TARGETS.slice(2, 5).map((target) => [
        target,
        'myregistry/metrics-proxy:v0.9.1',
        'myregistry/metrics-proxy:v0.10.0',
      ]),
    );
  });
});
