import { describe, expect, test } from '@jest/globals';
import { dangers, manifest } from './changes.ts';

const rbac = (kind: string, fields: string) => manifest('rbac.authorization.k8s.io/v1', kind, fields);
const role = (...rules: string[]) => rbac('Role', `rules: [${rules.join(', ')}]`);
const rule = (groups: string, resources: string, verbs: string, more = '') =>
  `{ apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}]${more} }`;

/** What a role allows besides. */
function added(base: string, head: string): string[] {
  return dangers(base, head).map((danger) =>
    danger.replace(
      /^rbac-widened rules: Role web\/web allows more than before: (.*); whoever it is bound to may do so at once$/,
      '$1',
    ),
  );
}

describe('a role allows more than before', () => {
  const PODS = rule('""', 'pods', 'get');

  test.each<[string, string, string]>([
    ['list pods', role(PODS), role(rule('""', 'pods', '"get", "list"'))],
    ['get secrets', role(PODS), role(PODS, rule('""', 'secrets', 'get'))],
    ['get deployments.apps', role(PODS), role(PODS, rule('apps', 'deployments', 'get'))],
    ['get pods', role(rule('""', 'pods', 'get', ', resourceNames: [a]')), role(PODS)],
    [
      'get pods b',
      role(rule('""', 'pods', 'get', ', resourceNames: [a]')),
      role(rule('""', 'pods', 'get', ', resourceNames: [a, b]')),
    ],
    ['* pods', role(PODS), role(rule('""', 'pods', '"*"'))],
    ['get pods.*', role(PODS), role(rule('"*"', 'pods', 'get'))],
    ['get pods/log', role(PODS), role(PODS, rule('""', 'pods/log', 'get'))],
    ['get /metrics', role(PODS), role(PODS, '{ nonResourceURLs: [/metrics], verbs: [get] }')],
    [
      'get /metrics',
      role(rule('"*"', '"*"', '"*"')),
      role(rule('"*"', '"*"', '"*"'), '{ nonResourceURLs: [/metrics], verbs: [get] }'),
    ],
  ])('%s', (what, base, head) => {
    expect(added(base, head)).toEqual([what]);
    expect(added(base, base)).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['a verb is dropped', role(rule('""', 'pods', '"get", "list"')), role(PODS)],
    ['all verbs were allowed', role(rule('""', 'pods', '"*"')), role(PODS)],
    ['all resources were allowed', role(rule('""', '"*"', 'get')), role(PODS)],
    ['the subresource of all was', role(rule('""', '"*/log"', 'get')), role(rule('""', 'pods/log', 'get'))],
    ['it was allowed on all objects', role(PODS), role(rule('""', 'pods', 'get', ', resourceNames: [a]'))],
    ['two rules become one', role(PODS, rule('""', 'nodes', 'get')), role(rule('""', 'pods, nodes', 'get'))],
    [
      'the path was covered',
      role('{ nonResourceURLs: ["/api/*"], verbs: [get] }'),
      role('{ nonResourceURLs: [/api/v1], verbs: [get] }'),
    ],
  ])('is not said where %s', (_, base, head) => {
    expect(added(base, head)).toEqual([]);
  });

  test('names five, and counts the others', () => {
    const all = rule('""', 'pods', '"1", "2", "3", "4", "5", "6", "7"');
    expect(added(role(), role(all))).toEqual(['1 pods, 2 pods, 3 pods, 4 pods, 5 pods and 2 more']);
  });
});

describe('a binding gives its role to more', () => {
  const binding = (...subjects: string[]) =>
    rbac('RoleBinding', `roleRef: { name: edit }\nsubjects: [${subjects.join(', ')}]`);
  const ADA = '{ kind: User, name: ada }';

  test('who are named', () => {
    const head = binding(
      ADA,
      '{ kind: ServiceAccount, name: ci, namespace: build }',
      '{ kind: Group, name: all }',
    );
    expect(dangers(binding(ADA), head)).toEqual([
      'rbac-widened subjects: RoleBinding web/web gives edit to more than before: ServiceAccount build/ci, Group all',
    ]);
  });

  test('and is quiet where it takes it from one, or only their order changes', () => {
    const BOB = '{ kind: User, name: bob }';
    expect(dangers(binding(ADA, BOB), binding(BOB))).toEqual([]);
    expect(dangers(binding(ADA, BOB), binding(BOB, ADA))).toEqual([]);
  });
});

test('a Role of another group is none', () => {
  const of = (fields: string) => manifest('example.com/v1', 'Role', fields);
  expect(dangers(of('rules: []'), of(`rules: [${rule('""', 'pods', 'get')}]`))).toEqual([]);
});
