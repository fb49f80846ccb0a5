import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readBuiltInPolicies } from '../../../src/checks/policies/builtIn.ts';
import { POD_PATHS, relevantPartOf } from '../../../src/checks/policies/relevantPart.ts';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { Operator } from '../../../src/targets/operator.ts';
import { OPERATORS } from '../../../src/targets/operators.ts';
import { TARGET_KINDS } from '../../helpers/targets.ts';

/** Name and group of each operator, for the groups of objects that declare targets: its domains, and those of the catalogue. */
async function groupsOf(operators: readonly Operator[]): Promise<[string, string][]> {
  const files = (await readdir('schemas/catalogue')).filter((file) => file.endsWith('.json'));
  const listed = await Promise.all(
    files.map((file) => readFile(path.join('schemas/catalogue', file), 'utf8')),
  );
  const ids = listed.flatMap((text) => [...text.matchAll(/"([\w.-]+)\/\w+ (\w+)"/g)]);
  const catalogued = ids.map(([, group = '', kind = '']) => ({ group, kind }));
  return operators.flatMap((operator) => {
    const own = operator.domains.flatMap((group) => TARGET_KINDS.map((kind) => ({ group, kind })));
    const declaring = [...own, ...catalogued].filter((id) => operator.declares(id));
    return [...new Set(declaring.map(({ group }) => group))].map((group): [string, string] => [
      operator.name,
      group,
    ]);
  });
}

function essence(manifest: ManifestObject) {
  return toResources([{ metadata: { name: 'a', namespace: 'n', labels: { b: 'c' } }, ...manifest }]).map(
    relevantPartOf,
  )[0];
}

const LABELLED = {
  replicas: 2,
  template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ args: ['x'] }] } },
};

describe('of a resource that is around', () => {
  test('a workload keeps the labels of its pods, a Job its arguments too', () => {
    const labels = { spec: { template: { metadata: { labels: { app: 'a' } } } } };
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
    expect(essence({ ...deployment, spec: LABELLED })).toEqual({
      ...deployment,
      ...labels,
      metadata: { name: 'a' },
    });
    const job = { apiVersion: 'batch/v1', kind: 'Job' };
    expect(essence({ ...job, spec: LABELLED })).toEqual({
      ...job,
      spec: {
        template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ args: ['x'] }] } },
      },
      metadata: { name: 'a' },
    });
  });

  test('a ConfigMap and a Secret keep their keys alone', () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap' };
    expect(essence({ ...config, data: { key: 'value' }, immutable: true })).toEqual({
      ...config,
      data: { key: '' },
      metadata: { name: 'a' },
    });
  });

  test('a custom resource stays whole where an operator makes something of it, and else nothing', () => {
    const spec = { target: { name: 'x' } };
    const external = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', spec };
    expect(essence(external)).toMatchObject({ ...external, metadata: { labels: { b: 'c' } } });
    expect(essence({ apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', spec })).toBeNull();
    expect(essence({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec })).toBeNull();
  });

  test('nothing is left of what declares targets, here and in the policies', async () => {
    const modules = await readBuiltInPolicies();
    const library = modules.find(({ path }) => path === 'policies/lib/cluster.rego')?.content ?? '';
    const [rule = ''] = /^makers := \[[\s\S]*?\n\]$/m.exec(library) ?? [];
    const texts = [...rule.matchAll(/"([^"]+\.[^"]+)"/g)].map(([, text = '']) => text);
    const groups = (await groupsOf(OPERATORS)).map(([, group]) => group);
    const makesNothing = (group: string) =>
      texts.some((text) => group === text || (text.startsWith('.') && group.endsWith(text)));
    expect(groups.filter((group) => !makesNothing(group))).toEqual([]);
    const kept = (group: string) => essence({ apiVersion: `${group}/v1`, kind: 'Other', spec: {} });
    expect(groups.filter((group) => kept(group) !== null)).toEqual([]);
  });

  test('each operator has groups that declare targets', async () => {
    const names = (await groupsOf(OPERATORS)).map(([name]) => name);
    expect(new Set(names)).toEqual(new Set(OPERATORS.map(({ name }) => name)));
  });

  test('the pods are where the policies find them', async () => {
    const modules = await readBuiltInPolicies();
    const library = modules.find(({ path }) => path === 'policies/lib/workloads.rego')?.content ?? '';
    const kinds = [...library.matchAll(/^\t"([a-z.]*\/\w+)": /gm)].flatMap(([, kind]) => kind ?? []);
    expect(kinds.toSorted()).toEqual(Object.keys(POD_PATHS).toSorted());
  });
});
