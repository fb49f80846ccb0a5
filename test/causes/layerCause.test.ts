import { beforeAll, expect, test } from '@jest/globals';
import { layerCause } from '../../src/causes/layerCause.ts';
import type { FieldPath } from '../../src/model/manifest.ts';
import type { OperatorRecord } from '../../src/model/operatorRecord.ts';
import type { ValuesLayer } from '../../src/model/renderSource.ts';
import { argo } from '../../src/targets/argo/argo.ts';
import { applicationWith, chart, inRepository } from '../helpers/operators.ts';
import { declaredBy } from './declared.ts';

const VALUES = 'a: 1\nb:\n  c: 2\n';

let record: OperatorRecord;
let layers: readonly ValuesLayer[];
beforeAll(async () => {
  const parameters = [{ name: 'd', value: '4' }];
  const written = inRepository({ path: 'c', helm: { values: VALUES, parameters } });
  const objects = inRepository({ path: 'c', helm: { valuesObject: { a: { list: [1, 2] } } } });
  const declared = await declaredBy(argo, {
    ...chart('c'),
    'app.yaml': applicationWith({ sources: [written, objects] }),
  });
  const { source } = declared.target;
  if (source.tool !== 'combined') throw new Error(source.tool);
  layers = source.sources.flatMap((one) => (one.tool === 'helm' ? one.values : []));
  record = declared.record;
});

/** The cause of a value that the engine found at these steps and on this line of a layer. */
function causeOf(at: number, found: { steps: FieldPath; line: number }) {
  const origin = record.layers[at];
  const layer = layers[at];
  if (!origin || layer === undefined) throw new Error(`no field gives layer ${at}`);
  const cause = layerCause(origin, layer, found);
  expect(cause.object).toBe(record.object);
  return cause;
}

test('a value of a text is caused by its line there', () => {
  const { fieldPath, inner } = causeOf(0, { steps: ['b', 'c'], line: 3 });
  expect(fieldPath).toEqual(['spec', 'sources', 0, 'helm', 'values']);
  expect(inner).toEqual({ text: VALUES, line: 2 });
  expect(causeOf(0, { steps: ['a'], line: 1 }).inner?.line).toBe(0);
});

test('a parameter is caused by its own field', () => {
  const { fieldPath, inner } = causeOf(1, { steps: ['d'], line: 1 });
  expect(fieldPath).toEqual(['spec', 'sources', 0, 'helm', 'parameters', 0, 'value']);
  expect(inner).toBeUndefined();
});

test('a value that is a field of the object is caused by that field', () => {
  const { fieldPath, inner } = causeOf(2, { steps: ['a', 'list', 1], line: 4 });
  expect(fieldPath).toEqual(['spec', 'sources', 1, 'helm', 'valuesObject', 'a', 'list', 1]);
  expect(inner).toBeUndefined();
});
