import { expect, test } from '@jest/globals';
import { cruise } from 'dependency-cruiser';
import { forbidden, options } from './rules.ts';

test('dependencies point one way', async () => {
  const cruised = await cruise(['src'], { ...options, validate: true, ruleSet: { forbidden } });
  if (typeof cruised.output === 'string') throw new Error('expected a result, not text');
  const { summary } = cruised.output;

  expect(summary.totalCruised).toBeGreaterThan(50);
  expect(summary.violations.map(({ from, to, rule }) => `${from} -> ${to} (${rule.name})`)).toEqual([]);
});
