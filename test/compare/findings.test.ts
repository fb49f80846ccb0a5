import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareFindings } from '../../src/compare/findings.ts';
import { fingerprint } from '../../src/compare/fingerprint.ts';
import type { ManifestObject } from '../../src/model/manifest.ts';
import { toResources } from '../../src/model/resource.ts';

describe('compareFindings', () => {
  const same = (item: string) => item;

  test('tells new, existing and fixed apart', () => {
    expect(compareFindings(['a', 'b'], ['b', 'c'], same)).toEqual({
      statuses: ['existing', 'new'],
      fixed: ['a'],
    });
  });

  test('counts equal ones', () => {
    expect(compareFindings(['a'], ['a', 'a'], same)).toEqual({ statuses: ['existing', 'new'], fixed: [] });
  });

  test('loses none: every item of the base is matched once or fixed', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(items, items, (base, head) => {
        const { statuses, fixed } = compareFindings(base, head, same);
        expect(statuses).toHaveLength(head.length);
        expect(statuses.filter((status) => status === 'existing').length + fixed.length).toBe(base.length);
      }),
    );
  });
});

describe('fingerprint', () => {
  const violation = { rule: 'a/b', severity: 'error', message: 'bad image' } as const;

  function pod(...containers: string[]): ManifestObject {
    const named = containers.map((name) => ({ name, image: 'x' }));
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: named } };
  }

  function at(manifest: ManifestObject, index: number): string {
    const [resource] = toResources([manifest]);
    if (resource === undefined) throw new Error('no resource');
    return fingerprint({ ...violation, fieldPath: ['spec', 'containers', index, 'image'] }, resource);
  }

  test('survives a container that is put in front', () => {
    expect(at(pod('app'), 0)).toBe(at(pod('sidecar', 'app'), 1));
  });

  test('tells containers apart', () => {
    expect(at(pod('app', 'sidecar'), 0)).not.toBe(at(pod('app', 'sidecar'), 1));
  });

  test('survives a new hash suffix, also in its message', () => {
    const of = (name: string) => {
      const [resource] = toResources([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }]);
      if (resource === undefined) throw new Error('no resource');
      return fingerprint({ ...violation, message: `${name} is bad`, fieldPath: null }, resource);
    };
    expect(of('a-7h2f9kc4mt')).toBe(of('a-8f5bd6m2gk'));
  });
});
