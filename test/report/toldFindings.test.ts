import { expect, test } from '@jest/globals';
import { renderComment } from '../../src/report/comment.ts';
import { fixedSince, toldMarker } from '../../src/report/toldFindings.ts';
import { finding, gap, review } from './builders.ts';

const privileged = finding({ rule: 'security/privileged', message: 'container web is privileged --> <b>' });
const earlier = renderComment(review({ findings: [finding(), privileged] }));

test('a finding that is told no more was fixed, wherever its line is now', () => {
  const moved = finding({
    location: { path: 'apps/myapp/base/deployment.yaml', startLine: 90, endLine: 90 },
  });
  expect(fixedSince(earlier, review({ findings: [moved] }))).toMatchObject([
    { rule: 'security/privileged', message: 'container web is privileged --> <b>' },
  ]);
});

test('a finding that is excepted now, or that nobody looked for, is not called fixed', () => {
  const exception = { source: '.hydrant.yaml line 1', reason: 'ours', expires: null };
  const excepted = [{ ...privileged, exception }];
  expect(fixedSince(earlier, review({ excepted, notValidated: [gap()] }))).toEqual([]);
  expect(fixedSince(earlier, review({ excepted, notValidated: [gap({ isStanding: true })] }))).toHaveLength(
    1,
  );
});

test.each([
  '',
  'LGTM',
  '<!-- hydrant:told e30 -->',
  '<!-- hydrant:told W251bGwsMV0 -->',
  '<!-- hydrant:told !! -->',
])('of %j nothing is remembered', (text) => {
  expect(fixedSince(text, review())).toEqual([]);
});

test('what is remembered is short however much there is, and ends no comment of HTML', () => {
  const findings = Array.from({ length: 900 }, (_, index) => finding({ message: `--> 設定 ${index}` }));
  const marker = toldMarker(review({ findings }));
  expect(marker.length).toBeLessThan(20_000);
  expect(marker.slice(0, -3)).not.toContain('-->');
  expect(fixedSince(marker, review()).length).toBeGreaterThan(20);
});
