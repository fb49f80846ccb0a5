import { expect, test } from '@jest/globals';
import { reviewed } from './reviewed.ts';

const file = (value: string, comment: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n  password: ${value}${comment}\n`;
const BASE = { 'o/kustomization.yaml': 'resources: [s.yaml]\n' };

test.each<[name: string, before: string, after: string, severity: string]>([
  ['that the base has', ' # gitleaks:allow', ' # gitleaks:allow', 'warning'],
  ['that the pull request adds', '', ' # pragma: allowlist secret', 'error'],
  ['of another kind than the base has', ' # notsecret', ' # gitleaks:allow', 'error'],
])('a comment %s', async (_, before, after, severity) => {
  const review = await reviewed(
    { ...BASE, 'o/s.yaml': file('canary-old', before) },
    { 'o/s.yaml': file('canary-new', after) },
  );
  expect(review.findings.filter(({ status }) => status === 'new')).toMatchObject([
    { rule: 'secret/plain-secret', severity },
  ]);
});
