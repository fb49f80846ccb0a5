import { expect, test } from '@jest/globals';
import type { HelmSource, ValuesLayer } from '../../src/model/renderSource.ts';
import { valuesLayers } from '../../src/model/valuesLayers.ts';

const chart = (...values: ValuesLayer[]): HelmSource => ({
  tool: 'helm',
  chart: { path: 'c' },
  releaseName: 'r',
  namespace: 'n',
  includeCrds: false,
  values,
});

test('the layers of all sources are counted on', () => {
  const [first, second, third] = [{ file: 'a.yaml' }, { text: 'a: b\n' }, { set: 'a=b' }];
  const folder = { tool: 'kustomize', path: 'o' } as const;
  const sources = [chart(first, second), folder, chart(third)];
  expect(valuesLayers({ tool: 'combined', sources })).toEqual([first, second, third]);
  expect(valuesLayers(folder)).toEqual([]);
});
