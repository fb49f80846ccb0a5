import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { rulePage } from '../../src/report/rulePage.ts';
import { ruleNames } from '../../src/settings/ruleNames.ts';

// A rule of each category, and those that are told elsewhere than the rest of it.
const OTHERS = [
  'argocd/project-missing',
  'argocd/project-refuses',
  'argocd/repeated-resource',
  'danger/data-loss',
  'flux/chart-version-unchanged',
  'flux/dependency-cycle',
  'flux/deprecated-api',
  'flux/health-check',
  'flux/image-policy',
  'flux/reference',
  'ownership/moved-resource',
  'render/application-cycle',
  'render/applicationset',
  'render/invalid-application',
  'render/missing-path',
  'render/patch-without-target',
  'render/resourceset',
  'schema/unknown-field',
  'secret/credential',
  'settings/expired-exception',
];

test('the page of every rule is there and has its name', async () => {
  for (const rule of [...ruleNames(), ...OTHERS]) {
    const page = await readFile(packageFile(rulePage(rule, ruleNames())), 'utf8');
    expect([rule, page.includes(`\`${rule}\``)]).toEqual([rule, true]);
  }
});

test("a user's own rules have the page about them, whatever they are called", () => {
  expect(rulePage('main/deny', ruleNames())).toBe('docs/your-own-policies.md');
  expect(rulePage('images/deny', ruleNames())).toBe('docs/your-own-policies.md');
  expect(rulePage('admission/no-root', ruleNames())).toBe('docs/admission-policies.md');
});
