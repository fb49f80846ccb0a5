import { describe, expect, test } from '@jest/globals';
import { findDuplicateKeys } from '../../../src/checks/schemas/duplicateKeys.ts';
import { fc } from '../../helpers/properties.ts';
import { expectAboutToTell } from '../aboutTells.ts';

function found(text: string, path = 'apps/web.yaml') {
  return findDuplicateKeys(path, new TextEncoder().encode(text)).map(({ fieldPath, location }) => [
    fieldPath,
    location.startLine,
  ]);
}

describe('a key that stands twice', () => {
  test('is an error on the line of the second, with the resource', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 1
  paused: true
  replicas: 2
`;
    expect(findDuplicateKeys('apps/web.yaml', new TextEncoder().encode(text))).toEqual([
      {
        rule: 'schema/duplicate-key',
        severity: 'error',
        message: 'spec.replicas is given more than once; keep one of them',
        about: { field: ['spec', 'replicas'] },
        fieldPath: ['spec', 'replicas'],
        location: { path: 'apps/web.yaml', startLine: 7, endLine: 7 },
        resource: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      },
    ]);
  });

  const cases: [string, string, unknown[]][] = [
    ['in the second document', 'a: 1\n---\n# comment\nb: 1\nb: 2\n', [[['b'], 5]]],
    [
      'three times',
      'a: 1\na: 2\na: 3\n',
      [
        [['a'], 2],
        [['a'], 3],
      ],
    ],
    ['inside a list', 'env:\n- name: A\n  value: x\n- name: B\n  name: C\n', [[['env', 1, 'name'], 5]]],
    ['in flow style', 'a: { b: 1, c: 2,\n  b: 3 }\n', [[['a', 'b'], 2]]],
    ['in JSON', '{\n\t"a": {"b": 1,\n\t"b": 2}\n}\n', [[['a', 'b'], 3]]],
    ['once as text and once as number', '"1": a\n1: b\n', [[['1'], 2]]],
    [
      'in a value that is itself given twice',
      'a: { b: 1, b: 2 }\na: 3\n',
      [
        [['a'], 2],
        [['a', 'b'], 1],
      ],
    ],
    ['as a merge key', 'x: &x { a: 1 }\ny: &y { b: 1 }\nz:\n  <<: *x\n  <<: *y\n', [[['z', '<<'], 5]]],
    ['in a file with Windows line ends', 'a: 1\r\nb: 2\r\na: 3\r\n', [[['a'], 3]]],
    ['after a byte order mark', '\uFEFFa: 1\na: 2\n', [[['a'], 2]]],
  ];
  test('is recognised by its field', () => {
    expectAboutToTell(
      cases.flatMap(([, text]) => findDuplicateKeys('a.yaml', new TextEncoder().encode(text))),
    );
  });

  test.each(cases)('is found %s', (_, text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  test('is told of without its values, nor what stands in place of its name', () => {
    const text =
      'kind: Secret\nmetadata: { name: web }\nstringData:\n  password: canary-one\n  password: canary-two\n  canary 1: a\n  canary 1: b\n';
    expect(JSON.stringify(findDuplicateKeys('a.yaml', new TextEncoder().encode(text)))).not.toContain(
      'canary',
    );
  });
});

describe('no key stands twice', () => {
  const cases: [string, string][] = [
    ['where a merged key is overridden', 'base: &base { a: 1, b: 2 }\nderived:\n  <<: *base\n  a: 3\n'],
    ['where an alias repeats a mapping', 'a: &a { x: 1 }\nb: *a\nc: *a\n'],
    ['where different mappings have the same key', '- { name: a }\n- { name: b }\n'],
    ['where different documents have the same key', 'a: 1\n---\na: 1\n'],
    [
      'in a Helm template with branches',
      'spec:\n  {{- if .Values.big }}\n  replicas: 3\n  {{- else }}\n  replicas: 1\n  {{- end }}\n',
    ],
    ['in broken YAML', 'a: 1\na: 2\nb: [\n'],
    ['in an empty file', ''],
    ['in plain text', 'hello'],
  ];
  test.each(cases)('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test('in bytes that are no text', () => {
    expect(findDuplicateKeys('a.yaml', Uint8Array.from([0xff, 0xfe, 0x00, 0x61]))).toEqual([]);
  });

  test('in a document nested deeper than the stack', () => {
    expect(found('['.repeat(200_000))).toEqual([]);
  });

  test('in any JSON that a program writes', () => {
    fc.assert(fc.property(fc.json(), (json) => found(json, 'a.json').length === 0));
  });
});
