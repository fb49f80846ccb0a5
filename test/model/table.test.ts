import { expect, test } from '@jest/globals';
import { table } from '../../src/model/table.ts';

test('a table has its rows, and answers to no name that all objects have', () => {
  const known = table({ Deployment: 1 });
  expect(known['Deployment']).toBe(1);
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
    expect([name, known[name]]).toEqual([name, undefined]);
});
