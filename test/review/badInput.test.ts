import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { CHANGE, CONFIG, others, REPOSITORY, said } from './badInput.ts';
import { reviewed } from './reviewed.ts';

/** A mistake in the folder `bad`, and all that the review says of it. */
const MISTAKES: [what: string, change: TestFiles, finding: string][] = [
  [
    'broken YAML',
    { 'bad/c.yaml': `${CONFIG}data: [\n` },
    'render/syntax bad/c.yaml:4 bad/c.yaml is not valid YAML: did not find expected node content.',
  ],
  [
    'broken YAML in a kustomization',
    { 'bad/kustomization.yaml': 'resources:\n- c.yaml\nimages:\n  - name: a\n   newTag: b\n' },
    "render/syntax bad/kustomization.yaml:5 bad/kustomization.yaml is not valid YAML: did not find expected '-' indicator.",
  ],
  [
    'broken YAML in a patch',
    {
      'bad/kustomization.yaml': 'resources: [c.yaml]\npatches:\n- path: p.yaml\n',
      'bad/p.yaml': 'kind: ConfigMap\nmetadata: {\n',
    },
    'render/syntax bad/p.yaml:2 bad/p.yaml is not a patch: neither a resource to merge, nor a list of JSON patch operations.',
  ],
  [
    'a missing resource file',
    { 'bad/c.yaml': null },
    'render/missing-file bad/kustomization.yaml:1 bad/c.yaml does not exist.',
  ],
  [
    'a missing base',
    { 'bad/kustomization.yaml': 'resources:\n- c.yaml\n- ../nowhere\n' },
    'render/missing-file bad/kustomization.yaml:3 nowhere does not exist.',
  ],
  [
    'a missing file of a generator',
    { 'bad/kustomization.yaml': 'configMapGenerator:\n- name: c\n  files:\n  - a=gone.txt\n' },
    'render/missing-file bad/kustomization.yaml:4 bad/gone.txt does not exist.',
  ],
  [
    'a cyclic base',
    {
      'bad/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'namespace: a\nresources: [../bad]\n',
    },
    'render/cycle base/kustomization.yaml:2 bad comes back to itself through its bases; remove the reference that closes the circle.',
  ],
  [
    'a kustomization that uses itself',
    { 'bad/kustomization.yaml': 'resources: [.]\n' },
    'render/cycle bad/kustomization.yaml:1 bad comes back to itself through its bases; remove the reference that closes the circle.',
  ],
  [
    'a patch that matches nothing',
    {
      'bad/kustomization.yaml': 'resources: [c.yaml]\npatches:\n- path: p.yaml\n',
      'bad/p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: nobody, namespace: n }\n',
    },
    'render/patch-target bad/p.yaml:2 No resource matches the patch for apps/v1 Deployment n/nobody; a patch names the apiVersion, kind, name and namespace of a resource.',
  ],
  [
    'an inline patch that matches nothing',
    {
      'bad/kustomization.yaml':
        'resources: [c.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Secret\n    metadata: { name: nobody }\n',
    },
    'render/patch-target bad/kustomization.yaml:3 No resource matches the patch for v1 Secret nobody; a patch names the apiVersion, kind, name and namespace of a resource.',
  ],
  [
    'a JSON patch of a field that is not there',
    {
      'bad/kustomization.yaml':
        'resources: [c.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
      'bad/p.yaml': '- op: replace\n  path: /spec/replicas\n  value: 2\n',
    },
    'render/patch-target bad/p.yaml:1 A JSON patch cannot replace /spec/replicas: its resource has no such field.',
  ],
  [
    'a base that is a file',
    { 'bad/kustomization.yaml': 'resources:\n- c.yaml\n- ../file\n', file: CONFIG },
    "render/forbidden-path bad/kustomization.yaml:3 file is a file outside of bad; kustomize reads files only in or below a kustomization's folder.",
  ],
  [
    'a component that is a file',
    { 'bad/kustomization.yaml': 'resources: [c.yaml]\ncomponents:\n- d.yaml\n', 'bad/d.yaml': CONFIG },
    'render/not-a-directory bad/kustomization.yaml:3 bad/d.yaml is a file; a folder with a kustomization is wanted.',
  ],
  [
    'a base that is a folder without kustomization',
    { 'bad/kustomization.yaml': 'resources: [c.yaml, ../empty]\n', 'empty/x.txt': '' },
    'render/no-kustomization bad/kustomization.yaml:1 empty has no kustomization.yaml.',
  ],
  [
    'a typo in a kustomization',
    { 'bad/kustomization.yaml': 'resources: [c.yaml]\nimage: []\n' },
    'render/invalid-kustomization bad/kustomization.yaml:2 bad/kustomization.yaml has an unknown field: image.',
  ],
  [
    'a field of the wrong type in a kustomization',
    { 'bad/kustomization.yaml': 'namespace: a\nresources: c.yaml\n' },
    'render/invalid-kustomization bad/kustomization.yaml:2 bad/kustomization.yaml: the field resources must be a list, not text.',
  ],
  [
    'an empty kustomization',
    { 'bad/kustomization.yaml': '' },
    'render/invalid-kustomization bad/kustomization.yaml:1 bad/kustomization.yaml is empty; list its resources, or remove it.',
  ],
  [
    'two kustomizations in a folder',
    { 'bad/kustomization.yml': 'resources: [c.yaml]\n' },
    'render/invalid-kustomization bad/kustomization.yaml:1 bad has more than one kustomization file; keep one.',
  ],
  [
    'a resource twice',
    { 'bad/kustomization.yaml': 'resources: [c.yaml, d.yaml]\n', 'bad/d.yaml': CONFIG },
    'render/duplicate-resource bad/d.yaml:2 v1 ConfigMap c is added twice; remove one of them, or make it a patch.',
  ],
];

let control: Review;
beforeAll(async () => {
  control = await reviewed(REPOSITORY, CHANGE);
  // Something of every concern, so that nothing can get lost unseen.
  expect(control.findings.map(({ rule }) => rule)).toEqual([
    'schema/unknown-field',
    'security/privileged',
    'secret/plain-secret',
  ]);
});

describe('a review of', () => {
  test.each(MISTAKES)('%s says so at its line, and delivers everything else', async (_, change, expected) => {
    const review = await reviewed(REPOSITORY, { ...CHANGE, ...change });
    expect(said(review)).toEqual([`new error ${expected}`]);
    expect(others(review)).toEqual(others(control));
    expect(review.verdicts).toEqual({ ...control.verdicts, render: 'failure' });
    expect(review.targets.find(({ id }) => id === 'bad')).toMatchObject({ affected: true, status: 'failed' });
    expect(review.notValidated).toEqual([
      { subject: 'bad', reason: 'the target does not render', concern: 'schemas' },
      { subject: 'bad', reason: 'the target does not render', concern: 'policies' },
    ]);
  });

  test('an overlay that is a file from now on says what goes with it, and delivers everything else', async () => {
    const review = await reviewed(REPOSITORY, { ...CHANGE, 'bad/kustomization.yaml': null, bad: CONFIG });
    expect(said(review)).toEqual([]);
    expect(others(review)).toEqual(others(control));
    expect(review.targets.find(({ id }) => id === 'bad')).toMatchObject({
      affected: true,
      status: 'removed',
    });
    expect(review.changes.filter(({ target }) => target === 'bad')).toMatchObject([
      { change: 'removed', resource: { kind: 'ConfigMap', name: 'c' } },
    ]);
  });

  test('a repository without any target still finds Secrets in its files', async () => {
    const secret = CHANGE['good/s.yaml'] ?? null;
    const review = await reviewed({ 'README.md': 'words' }, { 's.yaml': secret });
    expect(said(review)).toEqual([
      'new error secret/plain-secret s.yaml:4 Secret s is committed in plain: a; rotate it, and use SealedSecret, ExternalSecret or SOPS',
    ]);
    expect(review).toMatchObject({ targets: [], changes: [], notValidated: [], verdict: 'failure' });
    expect(review.verdicts).toEqual({
      render: 'skipped',
      schemas: 'success',
      policies: 'skipped',
      secrets: 'failure',
    });
  });
});
