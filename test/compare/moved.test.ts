import { expect, test } from '@jest/globals';
import { movedResources } from '../../src/compare/moved.ts';
import { toResources } from '../../src/model/resource.ts';

function jobs(...names: string[]) {
  return toResources(names.map((name) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name } })));
}

/** The names of the pairs among what one commit has and the next. */
function pairs(before: readonly string[], after: readonly string[]) {
  return movedResources(jobs(...before), jobs(...after)).map(({ base, head }) => [base.name, head.name]);
}

test.each([
  ['the hash of a commit', 'load-4c1d9e0', 'load-b77a012'],
  [
    'a long one',
    'load-0123456789abcdef0123456789abcdef01234567',
    'load-89abcdef0123456789abcdef0123456789abcdef',
  ],
  ['a mixture', 'load-x7k2p9qz', 'load-m3v8w1rt'],
])('a Job whose name ends in another hash is the same: %s', (_, before, after) => {
  expect(pairs([before], [after])).toEqual([[before, after]]);
});

test.each([
  ['names that only begin alike', 'load-orders', 'load-clients'],
  ['another name before the hash', 'load-4c1d9e0', 'save-b77a012'],
  ['years', 'load-2025', 'load-2026'],
  ['words with a number', 'logs-elasticsearch7', 'logs-opensearch2'],
])('others are not: %s', (_, before, after) => {
  expect(pairs([before], [after])).toEqual([]);
});
