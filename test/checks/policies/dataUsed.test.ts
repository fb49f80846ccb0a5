import { expect, test } from '@jest/globals';
import { dataUsed } from '../../../src/checks/policies/dataUsed.ts';

test.each([
  ['deny contains "x" if input.kind == "Pod"', []],
  ['import data.hydrant.lib.workloads', []],
  ['production if data.hydrant.target.environment == "production"', ['environment']],
  ['a if data.hydrant.target.path == data.hydrant.target.cluster', ['path', 'cluster']],
  ['import data.hydrant.target', ['id', 'path', 'environment', 'cluster']],
  ['a := data.hydrant.target["path"]', ['id', 'path', 'environment', 'cluster']],
  ['import data.hydrant', ['id', 'path', 'environment', 'cluster']],
  ['import data.hydrant as h', ['id', 'path', 'environment', 'cluster']],
  ['a := data.hydrant["target"].path', ['id', 'path', 'environment', 'cluster']],
  ['a := data["hydrant"].target.path', ['id', 'path', 'environment', 'cluster']],
  ['a := data[x]', ['id', 'path', 'environment', 'cluster']],
])('of the target, `%s` may look at %j', (content, fields) => {
  expect(dataUsed([{ path: 'a.rego', content: `package main\n\n${content}\n` }]).target).toEqual(fields);
});

test('the fields of all modules count', () => {
  const contents = ['a := data.hydrant.target.cluster', 'b := data.hydrant.target.environment'];
  const modules = contents.map((content, index) => ({ path: `${index}.rego`, content }));
  expect(dataUsed(modules).target).toEqual(['environment', 'cluster']);
});

test.each([
  ['a := data.hydrant.target', false],
  ['a := data.hydrant.clusters', false],
  ['a := data.hydrant.cluster.complete', true],
  ['import data.hydrant.cluster', true],
  ['import data.hydrant', true],
  ['a := data[x]', true],
])('`%s` may look at the cluster: %j', (content, cluster) => {
  expect(dataUsed([{ path: 'a.rego', content: `package main\n\n${content}\n` }]).cluster).toBe(cluster);
});
