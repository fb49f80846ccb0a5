import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isJsonObject } from '../../../src/checks/schemas/jsonObject.ts';
import { SUPPORTED_KUBERNETES_VERSIONS } from '../../../src/checks/schemas/schemaSet.ts';
import { packageFile } from '../../../src/model/packageFile.ts';

const folder = packageFile('schemas/kubernetes/');

test('the supported versions are those that are shipped, the newest first', () => {
  expect(readdirSync(folder).toSorted().toReversed()).toEqual(
    SUPPORTED_KUBERNETES_VERSIONS.map((version) => `${version}.json`),
  );
});

test('they are nine minor versions without a gap, and all together below 8 MB', () => {
  const minors = SUPPORTED_KUBERNETES_VERSIONS.map((version) => Number(version.split('.')[1]));
  expect(minors).toEqual(Array.from({ length: 9 }, (_, index) => (minors[0] ?? 0) - index));
  const bytes = readdirSync(folder).map((name) => statSync(`${folder}${name}`).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(8_000_000);
});

describe.each(SUPPORTED_KUBERNETES_VERSIONS)('the schemas of Kubernetes %s', (version) => {
  const text = readFileSync(`${folder}${version}.json`, 'utf8');
  const file = JSON.parse(text);

  test('say what they were made from', () => {
    const { provenance } = file;
    expect(provenance).toMatchObject({
      module: 'k8s.io/kubernetes',
      licence: 'Apache-2.0',
      generator: 'npm run generate:schemas',
      enums: 'pkg/generated/openapi/zz_generated.openapi.go',
    });
    expect(provenance.version).toMatch(new RegExp(`^v${version.replace('.', '\\.')}\\.\\d+$`));
    expect(provenance.sum).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
    expect(provenance.documents).toContain('api/openapi-spec/v3/apis__apps__v1_openapi.json');
  });

  test('stay small, with one kind and one definition on a line', () => {
    expect(text.length).toBeLessThan(400_000);
    const onLines = (entries: object) =>
      Object.entries(entries).every(([key, value]) =>
        text.includes(`\n${JSON.stringify(key)}:${JSON.stringify(value)}`),
      );
    expect([onLines(file.kinds), onLines(file.definitions)]).toEqual([true, true]);
  });

  test('are in order, without descriptions, and every reference leads to a definition', () => {
    const { kinds, definitions } = file;
    expect(Object.keys(kinds)).toEqual(Object.keys(kinds).toSorted());
    expect(Object.keys(definitions)).toEqual(Object.keys(definitions).toSorted());
    expect(text.includes('"description":"')).toBe(false);
    for (const name of [...Object.values(kinds), ...references(definitions)])
      expect(definitions).toHaveProperty([String(name)]);
  });

  test('have no definition that no kind reaches', () => {
    const { kinds, definitions } = file;
    const reached = new Set([...Object.values(kinds), ...references(definitions)]);
    expect(Object.keys(definitions).filter((name) => !reached.has(name))).toEqual([]);
  });

  test('have the kinds that people deploy, and neither Lists nor requests', () => {
    expect(file.kinds).toMatchObject({
      'v1 Pod': 'io.k8s.api.core.v1.Pod',
      'apps/v1 Deployment': 'io.k8s.api.apps.v1.Deployment',
      'batch/v1 CronJob': 'io.k8s.api.batch.v1.CronJob',
      'networking.k8s.io/v1 Ingress': 'io.k8s.api.networking.v1.Ingress',
    });
    expect(Object.keys(file.kinds).filter((kind) => /List$|DeleteOptions$| Status$/.test(kind))).toEqual([]);
  });

  test('know the values that a field may have', () => {
    const container = file.definitions['io.k8s.api.core.v1.Container'];
    expect(container.properties.imagePullPolicy.enum).toEqual(['Always', 'IfNotPresent', 'Never']);
    // Its modes have no values in the source of 1.29.
    if (version === '1.29') return;
    const claim = file.definitions['io.k8s.api.core.v1.PersistentVolumeClaimSpec'];
    expect(claim.properties.accessModes.items.enum).toContain('ReadWriteOnce');
  });
});

function references(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}
