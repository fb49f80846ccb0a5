import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';

const { npmAnswer }: { npmAnswer: (text: string) => string[] | null } = await import(
  packageFile('scripts/audit/npmAnswer.mjs')
);

test('packages with vulnerabilities are named', () => {
  const text = JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: { 'a-package': { name: 'a-package', severity: 'high' } },
    metadata: { vulnerabilities: { total: 1 } },
  });
  expect(npmAnswer(text)).toEqual(['a-package (high)']);
});

test('a report without any is clean', () => {
  expect(npmAnswer('{"auditReportVersion":2,"vulnerabilities":{}}')).toEqual([]);
});

test.each([
  '',
  'npm error audit endpoint returned an error',
  '{"message":"405 Method Not Allowed","statusCode":405}',
  '{"error":{"code":"ENOAUDIT"},"vulnerabilities":{}}',
  'null',
])('%j is no report, and not clean', (text) => {
  expect(npmAnswer(text)).toBeNull();
});
