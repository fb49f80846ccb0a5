import { describe, expect, test } from '@jest/globals';
import { applyPatch } from 'diff';
import { canonicalPair } from '../../src/compare/canonical.ts';
import { compareResources } from '../../src/compare/changes.ts';
import type { ManifestObject, ManifestValue } from '../../src/model/manifest.ts';
import { Redactor } from '../../src/model/redacted.ts';
import { redactManifest } from '../../src/model/redactManifest.ts';
import { toResources } from '../../src/model/resource.ts';
import { fc } from '../helpers/properties.ts';

const redactor = new Redactor();

function resources(...objects: ManifestValue[]) {
  return toResources(objects.map((object) => redactManifest(object, redactor)));
}

function configMap(name: string, data: Record<string, string>): ManifestObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

function secret(name: string, stringData: Record<string, string>): ManifestObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}

describe('compareResources', () => {
  test('equal resources in another order of fields and of resources are no change', () => {
    const a = configMap('a', { x: '1', y: '2' });
    const reordered = {
      data: { y: '2', x: '1' },
      metadata: { name: 'a' },
      kind: 'ConfigMap',
      apiVersion: 'v1',
    };
    expect(
      compareResources('t', {
        base: resources(a, configMap('b', {})),
        head: resources(configMap('b', {}), reordered),
      }),
    ).toEqual([]);
  });

  test('a changed field is a unified diff of canonical YAML', () => {
    const [change] = compareResources('t', {
      base: resources(configMap('a', { x: '1' })),
      head: resources(configMap('a', { x: '2' })),
    });
    expect(change).toEqual({
      target: 't',
      resource: { group: '', version: 'v1', kind: 'ConfigMap', namespace: null, name: 'a' },
      change: 'changed',
      effects: [],
      previousName: null,
      diff: ['@@ -3,4 +3,4 @@', ' metadata:', '   name: a', ' data:', '-  x: "1"', '+  x: "2"'].join('\n'),
    });
  });

  test('added and removed resources are told apart from changed ones', () => {
    const changes = compareResources('t', {
      base: resources(configMap('old', {})),
      head: resources(configMap('new', {})),
    });
    expect(changes.map(({ change, resource }) => `${change} ${resource.name}`)).toEqual([
      'added new',
      'removed old',
    ]);
  });

  test('a new hash suffix is the same ConfigMap under a new name', () => {
    const [change, ...more] = compareResources('t', {
      base: resources(configMap('settings-7h2f9kc4mt', { level: 'debug' })),
      head: resources(configMap('settings-8f5bd6m2gk', { level: 'info' })),
    });
    expect(more).toEqual([]);
    expect(change).toMatchObject({ change: 'renamed', previousName: 'settings-7h2f9kc4mt' });
    expect(change?.resource.name).toBe('settings-8f5bd6m2gk');
    expect(change?.diff).toContain('-  level: debug\n+  level: info');
  });

  test('the same object in another API version is a change, not a removal', () => {
    const v1beta1 = { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget', metadata: { name: 'a' } };
    const changes = compareResources('t', {
      base: resources(v1beta1),
      head: resources({ ...v1beta1, apiVersion: 'policy/v1' }),
    });
    expect(changes.map(({ change }) => change)).toEqual(['changed']);
  });

  test('of a Secret value only shows whether it changed', () => {
    const [change] = compareResources('t', {
      base: resources(secret('a', { kept: 'canary-same', turned: 'canary-before' })),
      head: resources(secret('a', { kept: 'canary-same', turned: 'canary-after' })),
    });
    expect(change?.diff).toContain(
      '-  turned: "<redacted: value before>"\n+  turned: "<redacted: value after>"',
    );
    expect(change?.diff).toContain('   kept: <redacted>');
    expect(JSON.stringify(change)).not.toContain('canary-');
  });

  test('a Secret with equal values is no change', () => {
    const one = () => resources(secret('a', { password: 'canary-same' }));
    expect(compareResources('t', { base: one(), head: one() })).toEqual([]);
  });

  test('resources of a List are compared one by one', () => {
    const list = (x: string) => ({
      apiVersion: 'v1',
      kind: 'List',
      items: [configMap('a', { x }), configMap('b', {})],
    });
    const changes = compareResources('t', { base: resources(list('1')), head: resources(list('2')) });
    expect(changes.map(({ resource }) => resource.name)).toEqual(['a']);
  });
});

test('the hunks of any change lead from the canonical base to the canonical head', () => {
  const data = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string());
  fc.assert(
    fc.property(data, data, (before, after) => {
      const base = configMap('a', before);
      const head = configMap('a', after);
      const [from, to] = canonicalPair(base, head);
      const [change] = compareResources('t', { base: resources(base), head: resources(head) });
      if (change === undefined) expect(from).toBe(to);
      else expect(applyPatch(from, `--- a\n+++ b\n${change.diff}\n`)).toBe(to);
    }),
  );
});
