import { expect, test } from '@jest/globals';
import { readBuiltInPolicies } from '../../src/checks/policies/builtIn.ts';
import { ruleNames } from '../../src/settings/ruleNames.ts';

test('the names of rules are those of the policies that ship', async () => {
  const shipped = (await readBuiltInPolicies())
    .map(({ path }) => /^policies\/(?!lib\/)(.+)\/[^/]+\.rego$/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  expect(ruleNames()).toEqual(shipped.toSorted());
  expect(ruleNames()).toContain('images/latest-tag');
});
