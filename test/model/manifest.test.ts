import { describe, expect, test } from '@jest/globals';
import { formatFieldPath, valueAt } from '../../src/model/manifest.ts';
import { toResources } from '../../src/model/resource.ts';
import { fc } from '../helpers/properties.ts';

describe('toResources', () => {
  test('opens Lists and keeps the position of the object they stand in', () => {
    const item = (name: string) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'n' },
    });
    const resources = toResources([
      item('a'),
      { apiVersion: 'v1', kind: 'List', items: [item('b'), item('c')] },
    ]);
    expect(resources.map(({ index, name }) => `${index}${name}`)).toEqual(['0a', '1b', '1c']);
    expect(resources[0]).toMatchObject({ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'n' });
  });
});

describe('field paths', () => {
  test('are written as people write them', () => {
    expect(formatFieldPath(['spec', 'containers', 0, 'image'])).toBe('spec.containers[0].image');
    expect(formatFieldPath(['metadata', 'annotations', 'a.b/c'])).toBe('metadata.annotations["a.b/c"]');
  });

  test('lead only to what is there', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.nat(3))), (value, path) => {
        const json = JSON.parse(JSON.stringify(value));
        expect(() => valueAt(json, path)).not.toThrow();
      }),
    );
  });
});
