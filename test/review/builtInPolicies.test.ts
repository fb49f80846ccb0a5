import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/finding.ts';
import { ruleNames } from '../../src/settings/ruleNames.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { OPERATOR_CASES } from './policyCases/operators.ts';
import { POD_CASES } from './policyCases/pods.ts';
import type { PolicyCase } from './policyCases/policyCase.ts';
import { RBAC_CASES } from './policyCases/rbac.ts';
import { reviewed } from './reviewed.ts';

const CASES: readonly PolicyCase[] = [...OPERATOR_CASES, ...POD_CASES, ...RBAC_CASES];

/** Also those that are off by default. */
const SETTINGS = `policies:\n  enable: [${ruleNames().join(', ')}]\n`;

let findings: readonly Finding[];

beforeAll(async () => {
  const change = Object.assign({}, ...CASES.map(filesOf));
  ({ findings } = await reviewed({ '.hydrant.yaml': SETTINGS }, change));
}, 60_000);

/** One folder for the bad manifest, one for the good. */
function filesOf(one: PolicyCase): TestFiles {
  return {
    ...folder(folderOf(one, 'bad'), one.bad),
    ...folder(folderOf(one, 'good'), one.good),
  };
}

function folderOf({ rule, environment = 'any' }: PolicyCase, name: string): string {
  return `${rule}/${environment}/${name}`;
}

function folder(path: string, manifests: string): TestFiles {
  return {
    [`${path}/kustomization.yaml`]: 'resources: [app.yaml]\n',
    [`${path}/app.yaml`]: manifests,
  };
}

describe('through the review, a built-in rule finds the bad at its line and lets the good be:', () => {
  test.each(CASES)('$rule', (one) => {
    const own = findings.filter(({ rule, targets }) => {
      const folders = [folderOf(one, 'bad'), folderOf(one, 'good')];
      return rule === one.rule && targets.some((target) => folders.includes(target));
    });
    const path = `${folderOf(one, 'bad')}/app.yaml`;
    const line = one.bad.split('\n').findIndex((text) => text.includes(one.line)) + 1;
    expect(own).toEqual([
      expect.objectContaining({
        severity: one.severity,
        status: 'new',
        targets: [folderOf(one, 'bad')],
        location: expect.objectContaining({ path, startLine: line }),
      }),
    ]);
  });

  test('every one of them', () => {
    expect(CASES.map(({ rule }) => rule).toSorted()).toEqual(ruleNames());
  });
});
