import { describe, expect, test } from '@jest/globals';
import { reviewed } from '../../review/reviewed.ts';

const definition = (served: boolean) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: boats.harbour.example }
spec:
  group: harbour.example
  scope: Namespaced
  names: { kind: Boat, plural: boats, singular: boat, listKind: BoatList }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }
    - { name: v1alpha1, served: ${served}, storage: false, schema: { openAPIV3Schema: { type: object } } }
`;

async function schemasSaid(version: string, files: Readonly<Record<string, string>>) {
  const boat = `apiVersion: harbour.example/${version}\nkind: Boat\nmetadata: { name: b, namespace: n }\n`;
  const { findings, verdicts } = await reviewed(
    {},
    { ...files, 'app/kustomization.yaml': 'resources: [boat.yaml]\n', 'app/boat.yaml': boat },
  );
  const said = findings
    .filter(({ rule }) => rule.startsWith('schema/'))
    .map(({ rule, message, location }) => `${rule} ${location?.path}:${location?.startLine} ${message}`);
  return [verdicts.schemas, ...said];
}

describe('a version of a custom kind', () => {
  const rendered = (served = false) => ({
    'crds/kustomization.yaml': 'resources: [boats.yaml]\n',
    'crds/boats.yaml': definition(served),
  });

  test('that the definition in the repository lacks is refused', async () => {
    expect(await schemasSaid('v2', rendered())).toEqual([
      'failure',
      'schema/unknown-kind app/boat.yaml:1 the API server refuses harbour.example/v2 Boat: the CustomResourceDefinition that this repository applies serves only harbour.example/v1',
    ]);
  });

  test('that it has but does not serve is refused', async () => {
    expect(await schemasSaid('v1alpha1', rendered())).toEqual([
      'failure',
      expect.stringContaining('serves only harbour.example/v1'),
    ]);
    expect(await schemasSaid('v1alpha1', rendered(true))).toEqual(['success']);
  });

  test('is unknown where the definition only stands in a file', async () => {
    expect(await schemasSaid('v2', { 'old/boats.yaml': definition(true) })).toEqual(['neutral']);
  });
});
