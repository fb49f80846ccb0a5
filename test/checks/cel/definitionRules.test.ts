import { afterAll, describe, expect, test } from '@jest/globals';
import { judgeDefinitions } from '../../../src/checks/cel/definitionRules.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { formatFieldPath } from '../../../src/model/manifest.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { resourceOf } from '../schemas/manifests.ts';
import { definition, widget } from './ruled.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

async function judged(...resources: Resource[]) {
  const judgements = await judgeDefinitions(resources, { engine });
  return judgements.map(({ violations }) =>
    violations.map(
      ({ severity, rule, fieldPath }) => `${severity} ${rule} ${formatFieldPath(fieldPath ?? [])}`,
    ),
  );
}

describe('a definition', () => {
  test('must have rules that compile; others are told, each at its place', async () => {
    const broken = definition(
      '{ rule: self.min <= self.max }',
      '{ rule: self.nothing > 1 }',
      '{ rule: "(" }',
    );
    const rules = 'spec.versions[0].schema.openAPIV3Schema.properties.spec.x-kubernetes-validations';
    const [good, found, again] = await judged(definition('{ rule: self.min <= self.max }'), broken, broken);
    expect(good).toEqual([]);
    expect(found).toEqual([1, 2].map((index) => `error schema/cel-definition ${rules}[${index}].rule`));
    expect(again).toEqual(found);
  });

  test('of no rules, or of another kind, is not looked at', async () => {
    const other = resourceOf(
      `apiVersion: example.com/v1\nkind: CustomResourceDefinition\nmetadata: { name: w }\nspec: { x-kubernetes-validations: [{ rule: "(" }] }\n`,
    );
    expect(await judged(definition(), other, widget('{}'))).toEqual([[], [], []]);
  });
});
