import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { isJsonObject } from '../../../src/checks/schemas/jsonObject.ts';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import { packageFile } from '../../../src/model/packageFile.ts';

const folder = packageFile('schemas/catalogue/');
const names = readdirSync(folder).filter((name) => name !== 'index.json');
const texts = new Map(
  names.map((name) => [name.replace('.json', ''), readFileSync(`${folder}${name}`, 'utf8')]),
);
const index: Record<string, string> = JSON.parse(readFileSync(`${folder}index.json`, 'utf8'));
const page = readFileSync(packageFile('docs/schemas.md'), 'utf8');

test('all of it together stays below 6 MB', () => {
  const sizes = [...texts.values()].map(({ length }) => length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000);
});

test('the index leads from every kind to its file, in order', () => {
  const expected = [...texts].flatMap(([file, text]) =>
    Object.keys(JSON.parse(text).kinds).map((kind) => [kind, file]),
  );
  expect(index).toEqual(Object.fromEntries(expected));
  expect(Object.keys(index)).toEqual(Object.keys(index).toSorted());
});

describe.each([...texts])('the catalogue of %s', (_, text) => {
  const { provenance, kinds, definitions } = JSON.parse(text);

  test('has kinds that can be checked, and refuse a field that they do not have', async () => {
    const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
    const refused = Object.keys(kinds).filter((name) => {
      const [apiVersion = '', kind = ''] = name.split(' ');
      const [group = '', version = ''] = apiVersion.split('/');
      const manifest = { apiVersion, kind, metadata: { name: 'x' }, noSuchField: 1 };
      const id = { group, version, kind, namespace: null, name: 'x' };
      const result = schemas.check({ ...id, index: 0, manifest });
      if (result.status !== 'checked') return false;
      return result.violations.some(({ message }) => message.startsWith('unknown field noSuchField;'));
    });
    expect(refused).toEqual(Object.keys(kinds));
  });

  test('says what it was made from', () => {
    expect(provenance.generator).toBe('npm run generate:catalogue');
    expect(provenance.sources).not.toEqual([]);
    for (const source of provenance.sources) {
      // A release, or the commit of a project that tags none which Go can name.
      expect(source.version).toMatch(/^v\d+\.\d+\.\d+(?:-(?:[a-z\d-]+\.)*\d{14}-[\da-f]{12})?$/);
      expect(source.sum).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
      expect(['Apache-2.0', 'MIT', 'BSD-3-Clause']).toContain(source.licence);
      if (source.by === undefined) expect(source.files).not.toEqual([]);
      else expect(source.by).toMatch(/^sigs\.k8s\.io\/controller-tools@v\d+\.\d+\.\d+$/);
    }
  });

  test('stands in the documentation with its versions', () => {
    const row = page.split('\n').find((line) => line.startsWith(`| ${provenance.project} `)) ?? '';
    for (const { module, version } of provenance.sources) expect(row).toContain(`\`${module}\` ${version}`);
    for (const kind of Object.keys(kinds)) expect(row).toContain(`\`${kind.split('/')[0]}\``);
  });

  test('has one kind and one definition on a line, in order, without descriptions', () => {
    const onLines = (entries: object) =>
      Object.entries(entries).every(([key, value]) =>
        text.includes(`\n${JSON.stringify(key)}:${JSON.stringify(value)}`),
      );
    expect([onLines(kinds), onLines(definitions)]).toEqual([true, true]);
    expect(Object.keys(kinds)).toEqual(Object.keys(kinds).toSorted());
    expect(Object.keys(definitions)).toEqual(Object.keys(definitions).toSorted());
    // A default may have a field of that name.
    expect(text.match(/"description":"(?!Waiting for controller")/g)).toBeNull();
  });

  test('has every definition that it refers to, and no other', () => {
    const referred = new Set(references([kinds, definitions]));
    expect([...referred].toSorted()).toEqual(Object.keys(definitions));
  });
});

test('keeps the rules in CEL, and hands them over with their messages', async () => {
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  const [route] = schemas.customVersions('gateway.networking.k8s.io/v1 GRPCRoute');
  const text = JSON.stringify(route?.schema);
  expect(text).toContain('"x-kubernetes-validations":[{"message":"');
  expect(text).not.toContain('"$ref"');
  expect(schemas.customVersions('apps/v1 Deployment')).toEqual([]);
  expect(schemas.customVersions('example.com/v1 Widget')).toEqual([]);
});

function references(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}
