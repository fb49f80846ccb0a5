import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderText } from '../../src/report/text.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  prts: []\n  ports: [{ port: 80 }]\n';
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n';

/** An overlay whose resource has a mistake. */
const BASE: TestFiles = {
  'app/base/kustomization.yaml': 'resources: [service.yaml]\n',
  'app/base/service.yaml': SERVICE,
  'app/dev/kustomization.yaml': 'resources: [../base]\n',
  'app/prod/kustomization.yaml': 'resources: [../base]\n',
};
const BROKEN = 'resources: [../base, gone.yaml]\n';

/** `status rule place [namespace/name] targets` of the findings. */
function brief({ findings }: Review): string[] {
  return findings.map(({ status, rule, location, resource, targets }) => {
    const place = location === null ? '-' : `${location.path}:${location.startLine}`;
    const name = resource === null ? '-' : `${resource.namespace ?? ''}/${resource.name}`;
    return [status, rule, place, name, targets.join(',')].join(' ');
  });
}

describe('a side that does not render', () => {
  test('at the head leaves unknown what is fixed', async () => {
    const review = await reviewed(BASE, { 'app/dev/kustomization.yaml': BROKEN });
    expect(brief(review)).toEqual(['new render/missing-file app/dev/kustomization.yaml:1 - app/dev']);
  });

  test('at the head leaves the other overlays to be compared', async () => {
    const change = { 'app/dev/kustomization.yaml': BROKEN, 'app/base/service.yaml': CONFIG };
    const review = await reviewed(BASE, change);
    expect(brief(review)).toEqual([
      'new render/missing-file app/dev/kustomization.yaml:1 - app/dev',
      'fixed schema/unknown-field - /web app/prod',
    ]);
  });

  test('at the head for being remote does not mend another reason of the base', async () => {
    const remote = 'resources: [../base, "https://example.com/a.yaml"]\n';
    const review = await reviewed(
      { ...BASE, 'app/dev/kustomization.yaml': BROKEN },
      { 'app/dev/kustomization.yaml': remote },
    );
    expect(brief(review)).toEqual([]);
    expect(review.verdicts.render).toBe('neutral');
  });

  test('at the base makes new what the head has, and the report says why', async () => {
    const review = await reviewed(
      { ...BASE, 'app/dev/kustomization.yaml': BROKEN },
      { 'app/dev/kustomization.yaml': 'resources: [../base]\n' },
    );
    expect(brief(review)).toEqual([
      'new schema/unknown-field app/base/service.yaml:6 /web app/dev',
      'fixed render/missing-file - - app/dev',
    ]);
    const note = '1 target could not be rendered at the base, so all that it has counts as new.';
    expect(renderText(review)).toContain(note);
    expect(renderText(review)).toContain('rendered (not at the base)');
    expect(renderComment(review)).toContain(note);
    expect(renderComment(review)).toContain('✅ rendered, but not at the base');
  });
});

test('a base in a submodule is not validated, and nobody is at fault', async () => {
  const review = await reviewed(BASE, {
    lib: { submodule: '1'.repeat(40) },
    'app/dev/kustomization.yaml': 'resources: [../base, ../../lib/base]\n',
  });
  expect(brief(review)).toEqual([]);
  expect(review.notValidated[0]).toEqual({
    subject: 'app/dev',
    reason: 'lib is a submodule: its files are in another repository, which is not fetched.',
    concern: 'render',
  });
  expect(review.verdicts).toMatchObject({ render: 'neutral', schemas: 'neutral', policies: 'neutral' });

  // The submodule's commit is all that is known of what the target reads.
  const moved = await reviewed(
    {
      ...BASE,
      lib: { submodule: '1'.repeat(40) },
      'app/dev/kustomization.yaml': 'resources: [../../lib/base]\n',
    },
    { lib: { submodule: '2'.repeat(40) } },
  );
  expect(moved.targets.filter(({ affected }) => affected)).toMatchObject([
    { id: 'app/dev', status: 'notValidated' },
  ]);
});

describe('the same name in several namespaces', () => {
  const binding = (namespace: string, list = 'subjct') =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: dev\n  namespace: ${namespace}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n${list}: []\n`;
  const files = (...documents: string[]): TestFiles => ({
    'o/kustomization.yaml': 'resources: [r.yaml]\n',
    'o/r.yaml': documents.join('---\n'),
  });
  const list = (...documents: string[]): TestFiles => ({
    'o/kustomization.yaml': 'resources: [r.yaml]\n',
    'o/r.yaml': `apiVersion: v1\nkind: List\nitems:\n${documents.map((text) => `- ${text.trim().replaceAll('\n', '\n  ')}\n`).join('')}`,
  });

  test('gives a finding each, at its own line', async () => {
    const review = await reviewed({ readme: '' }, files(binding('a'), binding('b'), binding('c')));
    expect(brief(review)).toEqual([
      'new schema/unknown-field o/r.yaml:7 a/dev o',
      'new schema/unknown-field o/r.yaml:15 b/dev o',
      'new schema/unknown-field o/r.yaml:23 c/dev o',
    ]);
  });

  test('tells the faulty one from the others', async () => {
    const documents = [binding('a', 'subjects'), binding('b'), binding('c', 'subjects')];
    expect(brief(await reviewed({ readme: '' }, files(...documents)))).toEqual([
      'new schema/unknown-field o/r.yaml:15 b/dev o',
    ]);
    expect(brief(await reviewed({ readme: '' }, list(...documents)))).toEqual([
      'new schema/unknown-field o/r.yaml:17 b/dev o',
    ]);
  });

  test('gives as many fixed ones as there were', async () => {
    const review = await reviewed(
      files(binding('a'), binding('b')),
      files(binding('a', 'subjects'), binding('b', 'subjects')),
    );
    expect(brief(review)).toEqual([
      'fixed schema/unknown-field - a/dev o',
      'fixed schema/unknown-field - b/dev o',
    ]);
  });

  test('does not take a new mistake for one that was mended next to it', async () => {
    const review = await reviewed(
      files(binding('a'), binding('b', 'subjects')),
      files(binding('a', 'subjects'), binding('b')),
    );
    expect(brief(review)).toEqual([
      'new schema/unknown-field o/r.yaml:15 b/dev o',
      'fixed schema/unknown-field - a/dev o',
    ]);
  });
});

describe('findings stay existing', () => {
  const existing = 'existing schema/unknown-field app/base/service.yaml:6';

  test('when all resources go to another namespace', async () => {
    const review = await reviewed(BASE, {
      'app/dev/kustomization.yaml': 'namespace: shop\nresources: [../base]\n',
    });
    expect(brief(review)).toEqual([
      'new danger/namespace-moved app/dev/kustomization.yaml:1 shop/web app/dev',
      `${existing} shop/web app/dev`,
    ]);
    expect(review.verdict).toBe('success');
  });

  test('when all resources get a prefix', async () => {
    const review = await reviewed(BASE, {
      'app/dev/kustomization.yaml': 'namePrefix: x-\nresources: [../base]\n',
    });
    expect(brief(review)).toEqual([`${existing} /x-web app/dev`]);
  });

  test('when the folder of an overlay is renamed', async () => {
    const review = await reviewed(BASE, {
      'app/dev/kustomization.yaml': null,
      'app/development/kustomization.yaml': 'namespace: dev\nresources: [../base]\n',
    });
    expect(brief(review)).toEqual([`${existing} dev/web app/development`]);
    expect(review.verdict).toBe('success');
  });

  test('when the folder of an overlay that does not render is renamed', async () => {
    const review = await reviewed(
      { ...BASE, 'app/dev/kustomization.yaml': BROKEN },
      { 'app/dev/kustomization.yaml': null, 'app/development/kustomization.yaml': BROKEN },
    );
    expect(brief(review)).toEqual([
      'existing render/missing-file app/development/kustomization.yaml:1 - app/development',
    ]);
    expect(review.verdicts.render).toBe('neutral');
  });

  test('but not when an overlay is added next to the others, or one mistake becomes two', async () => {
    const added = { 'app/qa/kustomization.yaml': 'resources: [../base]\n' };
    expect(brief(await reviewed(BASE, added))).toEqual([
      'new schema/unknown-field app/base/service.yaml:6 /web app/qa',
    ]);
    const moved = {
      ...added,
      'app/dev/kustomization.yaml': null,
      'app/test/kustomization.yaml': added['app/qa/kustomization.yaml'],
    };
    expect(brief(await reviewed(BASE, moved))).toEqual([
      'new schema/unknown-field app/base/service.yaml:6 /web app/test',
      `${existing} /web app/qa`,
    ]);
  });

  test('but not when one resource takes the place of another', async () => {
    const other = SERVICE.replace('name: web', 'name: other');
    expect(brief(await reviewed(BASE, { 'app/base/service.yaml': other }))).toEqual([
      'new schema/unknown-field app/base/service.yaml:6 /other app/dev,app/prod',
      'fixed schema/unknown-field - /web app/dev,app/prod',
    ]);
  });
});
