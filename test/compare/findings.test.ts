import { describe, expect, test } from '@jest/globals';
import { compareFindings } from '../../src/compare/findings.ts';
import { factsOf, fingerprint, fingerprintWithout } from '../../src/compare/fingerprint.ts';
import { movedResources } from '../../src/compare/moved.ts';
import type { About } from '../../src/model/about.ts';
import type { FieldPath, ManifestObject } from '../../src/model/manifest.ts';
import { toResources } from '../../src/model/resource.ts';
import { fc } from '../helpers/properties.ts';

describe('compareFindings', () => {
  const same = (item: string) => item;

  test('tells new, existing and fixed apart', () => {
    expect(compareFindings({ base: ['a', 'b'], head: ['b', 'c'] }, same)).toEqual({
      statuses: ['existing', 'new'],
      fixed: ['a'],
    });
  });

  test('counts equal ones', () => {
    expect(compareFindings({ base: ['a'], head: ['a', 'a'] }, same)).toEqual({
      statuses: ['existing', 'new'],
      fixed: [],
    });
  });

  test('tries what is left by looser keys, in their order', () => {
    const letter = { base: (item: string) => item[0] ?? null, head: (item: string) => item[0] ?? null };
    const never = { base: () => null, head: () => null };
    expect(
      compareFindings({ base: ['a1', 'a2', 'b1'], head: ['a2', 'a3', 'a4', 'b2'] }, same, [never, letter]),
    ).toEqual({
      statuses: ['existing', 'existing', 'new', 'existing'],
      fixed: [],
    });
  });

  test('loses none: every item of the base is matched once or fixed', () => {
    const items = fc.array(fc.constantFrom('a', 'b', 'c'));
    fc.assert(
      fc.property(items, items, (base, head) => {
        const all = { base: () => 'all', head: (item: string) => (item === 'a' ? null : 'all') };
        const { statuses, fixed } = compareFindings({ base, head }, same, [all]);
        expect(statuses).toHaveLength(head.length);
        expect(statuses.filter((status) => status === 'existing').length + fixed.length).toBe(base.length);
      }),
    );
  });
});

describe('fingerprint', () => {
  const violation = { rule: 'a/b', severity: 'error', message: 'bad image', about: null } as const;

  function pod(...containers: string[]): ManifestObject {
    const named = containers.map((name) => ({ name, image: 'x' }));
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: named } };
  }

  function at(manifest: ManifestObject, index: number): string {
    const [resource] = toResources([manifest]);
    if (resource === undefined) throw new Error('no resource');
    const fieldPath = ['spec', 'containers', index, 'image'];
    return fingerprint({ violation: { ...violation, fieldPath }, resource });
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
      const renamed = { ...violation, message: `${name} is bad`, fieldPath: null };
      return fingerprint({ violation: renamed, resource });
    };
    expect(of('a-7h2f9kc4mt')).toBe(of('a-8f5bd6m2gk'));
  });
});

describe('fingerprintWithout', () => {
  const at = (message: string, namespace: string) => {
    const metadata = { name: 'app', namespace };
    const [resource] = toResources([{ apiVersion: 'v1', kind: 'Pod', metadata }]);
    if (resource === undefined) throw new Error('no resource');
    const violation = { rule: 'a/b', severity: 'error', message, about: null, fieldPath: null } as const;
    return fingerprintWithout([namespace], { violation, resource });
  };

  test('leaves out a name where it stands as a word', () => {
    expect(at('app in shop is bad', 'shop')).toBe(at('app in prod is bad', 'prod'));
    expect(at('shop/app is bad.', 'shop')).toBe(at('prod/app is bad.', 'prod'));
  });

  test('and keeps it inside of another', () => {
    expect(at('spec.shop is bad', 'shop')).not.toBe(at('spec.prod is bad', 'prod'));
    expect(at('shop-floor is bad', 'shop')).not.toBe(at('prod-floor is bad', 'prod'));
  });
});

describe('movedResources', () => {
  const named = (...names: string[]) =>
    toResources(
      names.map((text) => {
        const [kind = '', namespace = '', name = ''] = text.split('/');
        return { apiVersion: 'v1', kind, metadata: namespace === '' ? { name } : { name, namespace } };
      }),
    );
  const moved = (base: string[], head: string[]) =>
    movedResources(named(...base), named(...head)).map(
      (pair) =>
        `${pair.base.namespace ?? ''}/${pair.base.name} ${pair.head.namespace ?? ''}/${pair.head.name}`,
    );

  test('pairs what goes to another namespace, or gets a prefix', () => {
    expect(moved(['Pod//a', 'Pod//b'], ['Pod/n/a', 'Pod/n/b'])).toEqual(['/a n/a', '/b n/b']);
    expect(moved(['Pod//a', 'Pod//b'], ['Pod//x-a', 'Pod//x-b'])).toEqual(['/a /x-a', '/b /x-b']);
  });

  test('prefers the same name', () => {
    expect(moved(['Pod//app-db', 'Pod//app'], ['Pod/n/app', 'Pod/n/app-db'])).toEqual([
      '/app n/app',
      '/app-db n/app-db',
    ]);
  });

  test('leaves alone what stays, is of another kind, or only looks for a place', () => {
    expect(moved(['Pod/a/x', 'Pod/b/x'], ['Pod/a/x', 'Pod/b/x', 'Pod/c/x'])).toEqual([]);
    expect(moved(['Pod//x'], ['Service/n/x'])).toEqual([]);
    expect(moved(['Pod//x'], ['Pod//other'])).toEqual([]);
    expect(moved(['Pod//x-7h2f9kc4mt'], ['Pod//x-8f5bd6m2gk'])).toEqual([]);
  });
});

describe('the data of a sentence', () => {
  const fieldPath = ['spec', 'containers', 1, 'image'];
  const about = (facts: About, at: FieldPath | null = fieldPath) =>
    factsOf({ message: 'whatever', about: facts, fieldPath: at });

  test('are told without their order and the words', () => {
    expect(about({ container: 'a', image: 'b' })).toBe(about({ image: 'b', container: 'a' }));
    expect(factsOf({ message: 'other words', about: { container: 'a' }, fieldPath })).toBe(
      about({ container: 'a' }),
    );
  });

  test('do not hold the place of the field that they are about', () => {
    const moved = ['spec', 'containers', 2, 'image'];
    expect(about({ field: fieldPath })).toBe(about({ field: moved }, moved));
    expect(about({ said: 'spec.containers[1].image is wrong' })).toBe(
      about({ said: 'spec.containers[2].image is wrong' }, moved),
    );
    expect(about({ first: ['spec', 'containers', 0] })).not.toBe(about({ first: ['spec', 'containers', 2] }));
  });

  test('do not hold the hash suffixes of names', () => {
    expect(about({ name: 'settings-6hk2t45mtt' })).toBe(about({ name: 'settings-5m5h4b9gk7' }));
  });

  test('do not hold names that are given as different', () => {
    const without = (name: string) =>
      factsOf({ message: '', about: { name }, fieldPath }, { without: [name] });
    expect(without('old')).toBe(without('new'));
  });
});
