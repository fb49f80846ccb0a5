import { describe, expect, test } from '@jest/globals';
import { findingsOf } from './operatorsReview.ts';
import { reviewed } from './reviewed.ts';

const WEB = {
  'web/kustomization.yaml': 'resources: [cm.yaml]\n',
  'web/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
};
const SCAFFOLD = 'hack/new-site/templates/web/kustomization.yaml';

describe('a kustomization in a folder of templates', () => {
  test.each([
    ['refers to what is beside its copies', 'resources: [../base]\n'],
    ['still has to be filled in', 'nameSuffix: {{ .Site }}\nresources: [{{ .Base }}]\n'],
  ])('that %s is no mistake', async (_, text) => {
    const review = await reviewed(WEB, { [SCAFFOLD]: text });
    expect(findingsOf(review)).toEqual([]);
    expect(review.verdicts.render).toBe('neutral');
    expect(review.notValidated).toContainEqual({
      subject: 'hack/new-site/templates/web',
      reason: 'it does not render where it is, in a folder of templates',
      concern: 'render',
    });
  });

  test('is mistaken where it was rendered before', async () => {
    const review = await reviewed(
      { ...WEB, [SCAFFOLD]: 'configMapGenerator: [{ name: a }]\n' },
      { [SCAFFOLD]: 'resources: [../base]\n' },
    );
    expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/missing-file')]);
    expect(review.verdicts.render).toBe('failure');
  });

  test('elsewhere is a mistake', async () => {
    const review = await reviewed(WEB, { 'hack/site/web/kustomization.yaml': 'resources: [../base]\n' });
    expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/missing-file')]);
  });
});
