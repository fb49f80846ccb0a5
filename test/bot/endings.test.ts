import { expect, test } from '@jest/globals';
import { Endings } from '../../src/bot/endings.ts';

const of = (owner: string, repo: string) => ({ owner, repo });

test('a repository is doubted from a review that exceeds its limits to one that finishes', () => {
  const endings = new Endings();
  expect(endings.doubts(of('acme', 'gitops'))).toBe(false);
  endings.exceeded(of('acme', 'gitops'));
  endings.exceeded(of('Acme', 'GitOps'));
  expect(endings.doubts(of('ACME', 'gitops'))).toBe(true);
  endings.finished(of('acme', 'gitops'));
  expect(endings.doubts(of('acme', 'gitops'))).toBe(false);
});

test('the untried repositories of its account are doubted with it, those that finished are not', () => {
  const endings = new Endings();
  endings.finished(of('acme', 'tried'));
  endings.exceeded(of('acme', 'gitops'));
  expect(endings.doubts(of('acme', 'untried'))).toBe(true);
  expect(endings.doubts(of('acme', 'tried'))).toBe(false);
  expect(endings.doubts(of('acme-other', 'untried'))).toBe(false);
  endings.finished(of('acme', 'gitops'));
  expect(endings.doubts(of('acme', 'untried'))).toBe(false);
});
