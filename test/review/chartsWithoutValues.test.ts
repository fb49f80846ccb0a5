import { describe, expect, test } from '@jest/globals';
import type { TestFiles } from '../helpers/repository.ts';
import { findingsOf, targetsOf } from './operatorsReview.ts';
import { reviewed } from './reviewed.ts';

const README: TestFiles = { 'README.md': 'words' };

function chart(template: string, more: TestFiles = {}): TestFiles {
  return {
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'charts/shop/templates/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop }\ndata:\n  host: ${template}\n`,
    ...more,
  };
}

const WANTS = chart('{{ required "say which host" .Values.host }}');
const REASON = 'it needs values that no object of this repository gives: Say which host.';

describe('a chart that no object uses', () => {
  test('and that lacks values is not validated, and no mistake', async () => {
    const review = await reviewed(README, WANTS);
    expect(findingsOf(review)).toEqual([]);
    expect(targetsOf(review)).toEqual(['charts/shop helm charts/shop notValidated']);
    expect(review.verdicts.render).toBe('neutral');
    expect(review.notValidated).toContainEqual({
      subject: 'charts/shop',
      reason: REASON,
      concern: 'render',
    });
  });

  test('and that is touched is not green', async () => {
    const review = await reviewed({ ...README, ...WANTS }, { 'charts/shop/values.yaml': 'port: 80\n' });
    expect(findingsOf(review)).toEqual([]);
    expect(review.verdict).toBe('neutral');
  });

  test('and that has a mistake in a template is mistaken', async () => {
    const review = await reviewed(README, chart('{{ hostOf .Values.host }}'));
    expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/template')]);
  });

  const FAILS = '{{ fail (printf "no such host: %s" .Values.host) }}';

  test('and that begins to call `fail` is mistaken', async () => {
    const values = { 'charts/shop/values.yaml': 'host: shop.example.com\n' };
    const review = await reviewed({ ...README, ...chart('{{ .Values.host }}'), ...values }, chart(FAILS));
    expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/template')]);
    expect(review.notValidated).not.toContainEqual(expect.objectContaining({ concern: 'render' }));
    expect(targetsOf(review)).toEqual(['charts/shop helm charts/shop failed']);
  });

  test.each([
    ['calls `fail` and never rendered', README, chart(FAILS)],
    ['begins to require a value', { ...README, ...chart('shop.example.com') }, WANTS],
  ])('and that %s is not validated', async (_, base, head) => {
    const review = await reviewed(base, head);
    expect(findingsOf(review)).toEqual([]);
    expect(review.verdicts.render).toBe('neutral');
  });

  test('and whose own values file gave a value before is mistaken', async () => {
    const production = 'charts/shop/values-production.yaml';
    const review = await reviewed(
      { ...README, ...WANTS, [production]: 'host: shop.example.com\n' },
      { [production]: 'hosts: shop.example.com\n' },
    );
    expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/template')]);
  });
});

test('a chart that an object uses without a value that it needs is mistaken', async () => {
  const release = {
    'apps/shop.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  project: default
  destination: { server: https://kubernetes.default.svc, namespace: shop }
  source: { repoURL: https://github.com/acme/gitops, path: charts/shop, targetRevision: main }
`,
  };
  const settings = { '.hydrant.yaml': 'repository:\n  urls: [https://github.com/acme/gitops]\n' };
  const review = await reviewed({ ...README, ...settings }, { ...WANTS, ...release });
  expect(findingsOf(review)).toEqual([expect.stringContaining('new error render/template')]);
});
