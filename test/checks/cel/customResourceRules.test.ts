import { afterAll, describe, expect, test } from '@jest/globals';
import { judgeCustomResources } from '../../../src/checks/cel/customResourceRules.ts';
import type { RuledSubject } from '../../../src/checks/cel/subject.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { formatFieldPath } from '../../../src/model/manifest.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { resourceOf } from '../schemas/manifests.ts';
import { definition, schemasWith, subject, widget, withUnknownBase } from './ruled.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** What the definitions' rules say of each: `severity rule field: message`, and what they could not tell. */
async function judged(subjects: readonly RuledSubject[], ...definitions: Resource[]) {
  const schemas = await schemasWith(...definitions);
  const judgements = await judgeCustomResources(subjects, { engine, schemasOf: () => schemas });
  return judgements.map(({ violations, unchecked }) => [
    ...violations.map(
      ({ severity, rule, fieldPath, message }) =>
        `${severity} ${rule} ${fieldPath === null ? '-' : formatFieldPath(fieldPath)}: ${message}`,
    ),
    ...unchecked.map((reason) => `unchecked: ${reason}`),
  ]);
}

const ORDERED = definition('{ rule: self.min <= self.max, message: min is above max, fieldPath: .min }');
const ABOVE = 'error schema/cel spec.min: min is above max';
const FIXED = definition('{ rule: self.max == oldSelf.max, message: max is fixed }');

describe('the rules of a definition', () => {
  test('are told of each resource, in their order', async () => {
    const [good, bad] = [widget('{ min: 1, max: 2 }'), widget('{ min: 3, max: 2 }')];
    expect(
      await judged(
        [bad, good, bad].map((resource) => subject(resource)),
        ORDERED,
      ),
    ).toEqual([[ABOVE], [], [ABOVE]]);
  });

  test('see the defaults that the API server fills in', async () => {
    expect(await judged([subject(widget('{ max: 0 }')), subject(widget('{ max: 1 }'))], ORDERED)).toEqual([
      [ABOVE],
      [],
    ]);
  });

  test('stand at the field that has them, and speak for themselves without a message', async () => {
    const rule = definition('{ rule: self.max < 9 }');
    expect(await judged([subject(widget('{ max: 9 }'))], rule)).toEqual([
      ['error schema/cel spec: failed rule: self.max < 9'],
    ]);
  });

  test('compare with the base, where there is one', async () => {
    const [one, two] = [widget('{ max: 1 }'), widget('{ max: 2 }')];
    const found = await judged([subject(two, one), subject(one, one), subject(two)], FIXED);
    expect(found).toEqual([['error schema/cel spec: max is fixed'], [], []]);
  });

  test('that compare are unchecked where the base is unknown, and others are not', async () => {
    const unknown = withUnknownBase(widget('{ min: 3, max: 2 }'));
    expect(await judged([unknown], FIXED)).toEqual([['unchecked: the base cannot be rendered']]);
    expect(await judged([unknown], ORDERED)).toEqual([[ABOVE]]);
  });

  test('of two clusters count only where both have them', async () => {
    const bad = [subject(widget('{ min: 3, max: 2 }'))];
    const other = definition('{ rule: self.max < 9 }');
    expect(await judged(bad, ORDERED, other)).toEqual([[]]);
    expect(await judged(bad, ORDERED, definition())).toEqual([[]]);
  });

  test('say nothing of other kinds', async () => {
    const other = resourceOf(
      'apiVersion: example.com/v1\nkind: Gadget\nmetadata: { name: w }\nspec: { min: 3, max: 2 }\n',
    );
    expect(await judged([subject(other)], ORDERED)).toEqual([[]]);
  });

  test('that cannot be evaluated leave a gap', async () => {
    const [found] = await judged([subject(widget('{ max: 2 }'))], definition('{ rule: self.nothing > 1 }'));
    expect(found).toEqual([expect.stringMatching(/^unchecked: /)]);
  });
});
