import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { samplePullRequest } from '../../src/demo/changes.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { hydrant } from '../cli/run.ts';
import { createRepository, readFolder, type TestRepository } from '../helpers/repository.ts';

const FOLDER = fileURLToPath(new URL('../../examples/gitops-repo', import.meta.url));

/** Id, kind, cluster, environment and path. */
const TARGETS = [
  'development/Application/argocd/apps  Application  development  development  argocd/development',
  'development/Application/argocd/myapp  Application  development  development  apps/myapp/overlays/development',
  'development/HelmRelease/ingress-nginx/ingress-nginx  HelmRelease  development  development  .',
  'development/HelmRelease/status-page/status-page  HelmRelease  development  development  charts/status-page',
  'development/Kustomization/flux-system/flux-system  Kustomization  development  development  clusters/development',
  'development/Kustomization/flux-system/infrastructure  Kustomization  development  development  infrastructure/overlays/development',
  'production/Application/argocd/another-app  Application  production  production  apps/another-app/overlays/production',
  'production/Application/argocd/apps  Application  production  production  argocd/production',
  'production/Application/argocd/monitoring  Application  production  production  apps/monitoring',
  'production/Application/argocd/myapp  Application  production  production  apps/myapp/overlays/production',
  'production/Application/argocd/myapp-helm  Application  production  production  charts/myapp',
  'production/HelmRelease/ingress-nginx/ingress-nginx  HelmRelease  production  production  .',
  'production/HelmRelease/status-page/status-page  HelmRelease  production  production  charts/status-page',
  'production/Kustomization/flux-system/flux-system  Kustomization  production  production  clusters/production',
  'production/Kustomization/flux-system/infrastructure  Kustomization  production  production  infrastructure/overlays/production',
  'staging/Application/argocd/another-app  Application  staging  staging  apps/another-app/overlays/staging',
  'staging/Application/argocd/apps  Application  staging  staging  argocd/staging',
  'staging/Application/argocd/myapp  Application  staging  staging  apps/myapp/overlays/staging',
  'staging/HelmRelease/ingress-nginx/ingress-nginx  HelmRelease  staging  staging  .',
  'staging/HelmRelease/status-page/status-page  HelmRelease  staging  staging  charts/status-page',
  'staging/Kustomization/flux-system/flux-system  Kustomization  staging  staging  clusters/staging',
  'staging/Kustomization/flux-system/infrastructure  Kustomization  staging  staging  infrastructure/overlays/staging',
];
const ANOTHER_APP = ['production', 'staging'].map((cluster) => `${cluster}/Application/argocd/another-app`);
const MYAPP = ['development', 'production', 'staging'].map(
  (cluster) => `${cluster}/Application/argocd/myapp`,
);

const engine = new EnginePool({ size: 1 });
let clone: TestRepository;
let repository: Repository;
let empty: string;
let commit: string;

beforeAll(async () => {
  clone = await createRepository();
  const files = await readFolder(FOLDER);
  empty = await clone.commit({ '.hydrant.yaml': files['.hydrant.yaml'] ?? '' });
  commit = await clone.commit(files);
  repository = await openRepository(clone.dir);
});
afterAll(() => Promise.all([engine.close(), repository.close()]));

async function manifests(path: string): Promise<string> {
  const redaction = { mode: 'mask' } as const;
  const reply = await engine.render({
    gitDir: repository.gitDir,
    commit,
    source: { tool: 'kustomize', path },
    redaction,
    want: 'manifests',
  });
  if ('problem' in reply) throw new Error(reply.problem.message);
  return reply.manifests ?? '';
}

test('`hydrant targets` lists every target with kind, cluster, environment and path', async () => {
  const { stdout } = await hydrant('targets', '--repo', clone.dir, '--rev', commit, '--format', 'json');
  const listed: Record<string, unknown>[] = JSON.parse(stdout);
  expect(
    listed.map(({ id, kind, cluster, environment, path }) =>
      [id, kind, cluster, environment, path].join('  '),
    ),
  ).toEqual(TARGETS);
});

test('production of myapp has every construct of the guide', async () => {
  expect(await manifests('apps/myapp/overlays/production')).toMatchSnapshot();
});

test('nothing is to be said against it; what is not validated is remote, or has no schema', async () => {
  const review = await reviewRepository({ repository, base: empty, head: commit, engine });
  expect(review.targets.filter(({ affected }) => affected)).toHaveLength(TARGETS.length);
  expect(review.findings).toEqual([]);
  const schemaless = /^no schema for this kind/;
  expect(
    review.notValidated
      .filter(({ reason }) => !schemaless.test(reason))
      .map(({ subject, concern }) => [subject, concern]),
  ).toEqual(
    ['development', 'production', 'staging'].flatMap((cluster) =>
      ['render', 'schemas', 'policies'].map((concern) => [
        `${cluster}/HelmRelease/ingress-nginx/ingress-nginx`,
        concern,
      ]),
    ),
  );
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
        targets: ANOTHER_APP,
      },
      {
        status: 'new',
        rule: 'security/privileged',
        location: { path: 'apps/myapp/base/deployment.yaml', startLine: 67, endLine: 67 },
        targets: MYAPP,
      },
      {
        status: 'new',
        rule: 'secret/plain-secret',
        location: { path: 'apps/myapp/overlays/staging/smtp.yaml', startLine: 7, endLine: 7 },
        targets: ['staging/Application/argocd/myapp'],
      },
    ]);
    expect(JSON.stringify(review)).not.toContain('canary');
  });

  test('is green once mended, and still has the new image', async () => {
    const { mistakes, fixes } = samplePullRequest(await readFolder(FOLDER));
    // In one commit: the Secret of the first would stay in Git's history.
    const head = await clone.commit({ ...mistakes, ...fixes }, { branch: 'fixes', parent: commit });
    const review = await reviewRepository({ repository, base: commit, head, engine });
    expect(review).toMatchObject({ verdict: 'success', findings: [], notValidated: [] });
    expect(review.images.map(({ target, from, to }) => [target, from, to])).toEqual(
      MYAPP.map((target) => [target, 'myregistry/metrics-proxy:v0.9.1', 'myregistry/metrics-proxy:v0.10.0']),
    );
  });

  test('is red where a commit on top mends it: the Secret stays in the history', async () => {
    const { mistakes, fixes } = samplePullRequest(await readFolder(FOLDER));
    await clone.commit(mistakes, { branch: 'on-top', parent: commit });
    const head = await clone.commit(fixes, { branch: 'on-top' });
    const review = await reviewRepository({ repository, base: commit, head, engine });
    expect(review.findings.map(({ rule }) => rule)).toEqual(['secret/in-history']);
    expect(review.verdict).toBe('failure');
  });
});
