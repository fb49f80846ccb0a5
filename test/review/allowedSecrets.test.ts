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

test.each<[name: string, before: Readonly<Record<string, string>>, severity: string]>([
  ['counts where the base has no file at all', {}, 'warning'],
  ['does not count where the base has another file', { 'README.md': 'words' }, 'error'],
])('a comment in a new file %s', async (_, base, severity) => {
  const review = await reviewed(base, { ...BASE, 'o/s.yaml': file('canary-new', ' # gitleaks:allow') });
  const found = review.findings.filter(({ rule }) => rule === 'secret/plain-secret');
  expect(found).toMatchObject([{ status: 'new', severity }]);
});

test.each<[name: string, values: string, severity: string]>([
  ['the only value that may be a credential', '  DB_USER: app\n  DB_PASS: pw-1 # notsecret\n', 'warning'],
  ['each of two passwords', '  A_PASS: pw-1 # notsecret\n  B_PASS: pw-2 # notsecret\n', 'warning'],
  ['one of two passwords', '  A_PASS: pw-1 # notsecret\n  B_PASS: pw-2\n', 'error'],
  ["a user's name beside the password", '  DB_USER: app # notsecret\n  DB_PASS: pw-1\n', 'error'],
])('comments behind %s of a Secret', async (_, values, severity) => {
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData:\n${values}`;
  const review = await reviewed({}, { ...BASE, 'o/s.yaml': secret });
  const found = review.findings.filter(({ rule }) => rule === 'secret/plain-secret');
  expect(found).toMatchObject([{ status: 'new', severity }]);
});
