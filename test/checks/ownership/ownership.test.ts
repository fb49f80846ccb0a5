import { describe, expect, test } from '@jest/globals';
import { findMovedResources } from '../../../src/checks/ownership/movedResources.ts';
import { findSharedResources } from '../../../src/checks/ownership/sharedResources.ts';
import { keyed } from '../../../src/model/keyedSource.ts';
import type { RenderedTarget } from '../../../src/model/rendering.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { TargetKind } from '../../../src/model/target.ts';
import { expectAboutToTell } from '../aboutTells.ts';

function rendered(
  id: string,
  names: readonly string[],
  fields: { kind?: TargetKind; cluster?: string } = {},
): RenderedTarget {
  const { kind = 'Application', cluster = 'production' } = fields;
  const source = keyed({ tool: 'directory', path: id, recurse: false });
  const objects = names.map((name) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'web' },
  }));
  return {
    status: 'rendered',
    target: { id, kind, path: id, cluster, environment: null, source },
    trace: [],
    resources: toResources(objects),
  };
}

describe('a resource of two owners', () => {
  test('is a finding on both', () => {
    const found = findSharedResources([rendered('a', ['x', 'y']), rendered('b', ['y'])]);
    expect(found.map(({ target, violation }) => `${target.id}: ${violation.message}`)).toEqual([
      'a: ConfigMap web/y is applied by b as well; keep it in one of them',
      'b: ConfigMap web/y is applied by a as well; keep it in one of them',
    ]);
  });

  test('names ten of many others, and counts the rest', () => {
    const all = Array.from({ length: 2000 }, (_, index) => rendered(`app-${index}`, ['x']));
    const messages = findSharedResources(all).map(({ violation }) => violation.message);
    expect(messages).toHaveLength(2000);
    expect(messages[0]).toBe(
      `ConfigMap web/x is applied by ${Array.from({ length: 10 }, (_, index) => `app-${index + 1}`).join(' and ')} and 1989 more as well; keep it in one of them`,
    );
    expect(Math.max(...messages.map((message) => message.length))).toBeLessThan(250);
  });

  test('is none where one of them is not known', () => {
    const all = [rendered('a', ['x']), rendered('b', ['x'])];
    expect(findSharedResources(all, new Set(['b']))).toEqual([]);
  });

  test('in two clusters is none, and neither is an overlay that no operator’s object applies', () => {
    expect(findSharedResources([rendered('a', ['x']), rendered('b', ['x'], { cluster: 'staging' })])).toEqual(
      [],
    );
    expect(findSharedResources([rendered('a', ['x']), rendered('b', ['x'], { kind: 'kustomize' })])).toEqual(
      [],
    );
  });
});

test('owners are told by the resource, the targets, and what becomes of it', () => {
  const moves = [true, false, null].flatMap((prune) =>
    findMovedResources(
      [rendered('a', ['x', 'y']), rendered('b', [])],
      [rendered('a', []), rendered('b', ['x']), rendered('c', ['y'])],
      () => prune,
    ),
  );
  const shared = findSharedResources([
    rendered('a', ['x', 'y']),
    rendered('b', ['y', 'x']),
    rendered('c', ['x']),
  ]);
  expect(moves).toHaveLength(6);
  expectAboutToTell([...moves, ...shared].map(({ violation }) => violation));
  expect(shared[0]?.violation.about).toEqual({
    kind: 'ConfigMap',
    namespace: 'web',
    name: 'x',
    others: ['b', 'c'],
  });
});

describe('a resource that changes its owner', () => {
  const move = (prune: boolean | null) =>
    findMovedResources(
      [rendered('a', ['x', 'y']), rendered('b', [])],
      [rendered('a', ['x']), rendered('b', ['y'])],
      () => prune,
    ).map(({ target, violation }) => `${target.id}: ${violation.message}`);

  test.each([
    [true, 'a prunes: if it syncs last, it deletes the resource until b applies it again'],
    [false, 'a does not prune, so the resource stays while it changes hands'],
    [null, 'whether a deletes it in between is not known'],
  ])('is told with what prune %s would do', (prune, effect) => {
    expect(move(prune)).toEqual([`b: ConfigMap web/y moves from a to b; ${effect}`]);
  });

  test('is not one that is only added, removed, or kept by both', () => {
    const stay = [rendered('a', ['x']), rendered('b', ['x'])];
    expect(findMovedResources(stay, stay, () => true)).toEqual([]);
    expect(findMovedResources([rendered('a', [])], [rendered('a', ['x'])], () => true)).toEqual([]);
    expect(findMovedResources([rendered('a', ['x'])], [rendered('a', [])], () => true)).toEqual([]);
  });
});
