import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { openRepository } from '../../src/git/repository.ts';
import type { Review } from '../../src/model/review.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { createRepository, type TestFiles } from '../helpers/repository.ts';

const engine = new EnginePool();
afterAll(() => engine.close());

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\n';
const BASE: TestFiles = {
  'bad/kustomization.yaml': 'resources: [c.yaml]\n',
  'bad/c.yaml': CONFIG,
  'good/kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: [a=b]\n',
};
/** Comes with every mistake, to show that it is still reviewed. */
const GOOD: TestFiles = { 'good/kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: [a=c]\n' };

async function reviewed(change: TestFiles): Promise<Review> {
  const files = await createRepository();
  const base = await files.commit(BASE);
  const head = await files.commit({ ...change, ...GOOD });
  const repository = await openRepository(files.dir);
  try {
    return await reviewRepository({ repository, base, head, engine });
  } finally {
    await repository.close();
    await files.remove();
  }
}

const CASES: [what: string, change: TestFiles, finding: string][] = [
  [
    'broken YAML',
    { 'bad/c.yaml': `${CONFIG} data: [\n` },
    'render/syntax bad/c.yaml:4 bad/c.yaml is not valid YAML',
  ],
  [
    'a missing resource file',
    { 'bad/c.yaml': null },
    'render/missing-file bad/kustomization.yaml:1 bad/c.yaml does not exist.',
  ],
  [
    'a cyclic base',
    {
      'bad/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'resources: [../bad]\n',
    },
    'render/cycle base/kustomization.yaml:1 bad comes back to itself through its bases, by way of bad: a circle.',
  ],
  [
    'a patch that matches nothing',
    {
      'bad/kustomization.yaml': 'resources: [c.yaml]\npatches:\n- path: p.yaml\n',
      'bad/p.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: nobody }\n',
    },
    'render/patch-target bad/p.yaml:2 A patch is for Secret.v1.[noGrp]/nobody.[noNs], which is not among the resources.',
  ],
  [
    'a typo in a kustomization',
    { 'bad/kustomization.yaml': 'resources: [c.yaml]\nimage: []\n' },
    'render/invalid-kustomization bad/kustomization.yaml:2 The kustomization has an unknown field: image.',
  ],
  [
    'a base that is a folder without kustomization',
    { 'bad/kustomization.yaml': 'resources: [c.yaml, ../empty]\n', 'empty/x.txt': '' },
    'render/no-kustomization bad/kustomization.yaml:1 empty has no kustomization.yaml.',
  ],
];

describe('a review of', () => {
  test.each(CASES)('%s says so at its line, and delivers everything else', async (_, change, expected) => {
    const review = await reviewed(change);
    const findings = review.findings.map(
      ({ rule, location, message }) => `${rule} ${location?.path}:${location?.startLine} ${message}`,
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.startsWith(expected)).toBe(true);
    expect(review.verdicts.render).toBe('failure');
    expect(review.changes.map(({ target, change: what }) => `${target} ${what}`)).toEqual(['good renamed']);
  });
});
