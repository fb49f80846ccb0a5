import { expect, test } from '@jest/globals';
import { cruise, type ICruiseOptions } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.mjs';

test('dependencies point one way', async () => {
  const { forbidden, options } = config;
  const cruised = await cruise(['src'], { ...options, validate: true, ruleSet: { forbidden } } as ICruiseOptions);
  if (typeof cruised.output === 'string') throw new Error('expected a result, not text');
  const { summary } = cruised.output;

  expect(summary.totalCruised).toBeGreaterThan(50);
  expect(summary.violations.map(({ from, to, rule }) => `${from} -> ${to} (${rule.name})`)).toEqual([]);
});
