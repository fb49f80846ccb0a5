import { describe, expect, test } from '@jest/globals';
import { reviewed } from './reviewed.ts';

/** A definition of `example.com/v1 Widget` whose spec has one field. */
function definition(field: string, version = 'v1'): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  names: { kind: Widget, plural: widgets, singular: widget, listKind: WidgetList }
  scope: Namespaced
  versions:
    - name: ${version}
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: { type: object, properties: { ${field}: { type: string } } }
`;
}

/** As openapi2jsonschema writes it. */
function jsonSchema(field: string): string {
  return JSON.stringify({
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        properties: {
          [field]: { type: ['string', 'null'] },
          port: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
        },
        additionalProperties: false,
      },
    },
  });
}

const WIDGET = {
  'app/kustomization.yaml': 'resources: [widget.yaml]\n',
  'app/widget.yaml':
    'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec:\n  size: large\n',
};

function settings(location: string): Record<string, string> {
  return { '.hydrant.yaml': `schemas:\n  locations: ["${location}"]\n` };
}

/** What the schemas find in a pull request that brings the widget. */
async function schemaResult(base: Record<string, string>, head: Record<string, string> = {}) {
  const { findings, notValidated } = await reviewed(
    { 'readme.md': 'A repository\n', ...base },
    { ...WIDGET, ...head },
  );
  return [
    ...findings
      .filter(({ rule }) => rule.startsWith('schema/'))
      .map(({ rule, message }) => `${rule}: ${message}`),
    ...notValidated
      .filter(({ concern }) => concern === 'schemas')
      .map(({ subject, reason }) => `${subject}: ${reason}`),
  ];
}

const UNKNOWN = ['schema/unknown-field: unknown field spec.size; allowed here: colour'];
const FINE: string[] = [];

describe('the schema of a custom resource', () => {
  test('is not known without any definition, which says what to do', async () => {
    expect(await schemaResult({})).toEqual([
      'example.com/v1 Widget: no schema for this kind (1 resource); add its CustomResourceDefinition to the repository, or name a folder with its schema under schemas.locations in .hydrant.yaml',
    ]);
  });

  test('comes from a definition in a file that nothing renders', async () => {
    expect(await schemaResult({ 'operator/crds.yaml': definition('colour') })).toEqual(UNKNOWN);
    expect(await schemaResult({ 'operator/crds.yaml': definition('size') })).toEqual(FINE);
  });

  test('comes from the head, where the head changes the definition', async () => {
    const head = { 'operator/crds.yaml': definition('size') };
    expect(await schemaResult({ 'operator/crds.yaml': definition('colour') }, head)).toEqual(FINE);
  });

  test('comes from what is rendered before what only stands in a file', async () => {
    const rendered = {
      'crds/kustomization.yaml': 'resources: [crd.yaml]\n',
      'crds/crd.yaml': definition('size'),
    };
    expect(await schemaResult({ ...rendered, 'operator/crds.yaml': definition('colour') })).toEqual(FINE);
  });

  test("comes from a chart's crds, even where no render installs them", async () => {
    const chart = (field: string) => ({
      'charts/operator/Chart.yaml': 'apiVersion: v2\nname: operator\nversion: 1.0.0\ntype: library\n',
      'charts/operator/crds/widgets.yaml': definition(field),
    });
    expect(await schemaResult(chart('colour'))).toEqual(UNKNOWN);
    const file = { 'operator/crds.yaml': definition('size') };
    expect(await schemaResult({ ...chart('colour'), ...file })).toEqual(FINE);
  });

  test('is not that of another version of its definition', async () => {
    expect(await schemaResult({ 'operator/crds.yaml': definition('size', 'v2') })).toEqual([
      'example.com/v1 Widget: no schema for this kind (1 resource); its CustomResourceDefinition has only example.com/v2',
    ]);
  });

  const locations: [string, string][] = [
    [
      'schemas/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
      'schemas/example.com/widget_v1.json',
    ],
    ['schemas/{{ .ResourceKind }}{{ .KindSuffix }}.json', 'schemas/widget-example-v1.json'],
    ['schemas', 'schemas/example.com/widget_v1.json'],
    ['./schemas/', 'schemas/v1.37.0-standalone-strict/widget-example-v1.json'],
    ['schemas', 'schemas/widget_v1.json'],
  ];
  test.each(locations)('comes from %s of the settings: %s', async (location, path) => {
    expect(await schemaResult({ ...settings(location), [path]: jsonSchema('colour') })).toEqual([
      'schema/unknown-field: unknown field spec.size; allowed here: colour, port',
    ]);
    expect(await schemaResult({ ...settings(location), [path]: jsonSchema('size') })).toEqual(FINE);
  });

  test('comes from definitions in a folder of the settings', async () => {
    const base = { ...settings('schemas'), 'schemas/widgets.yaml': definition('colour') };
    expect(await schemaResult(base)).toEqual(UNKNOWN);
  });

  test('comes from a file of the base branch alone', async () => {
    const path = 'schemas/example.com/widget_v1.json';
    const head = { [path]: jsonSchema('size') };
    expect(await schemaResult({ ...settings('schemas'), [path]: jsonSchema('colour') }, head)).toHaveLength(
      1,
    );
  });

  test('is not known where its file is broken, which says so', async () => {
    const path = 'schemas/example.com/widget_v1.json';
    expect(await schemaResult({ ...settings('schemas'), [path]: '{' })).toEqual([
      `example.com/v1 Widget: no schema for this kind (1 resource); the schema file \`${path}\` of the base branch cannot be used: it is not JSON`,
    ]);
    expect(
      await schemaResult({ ...settings('schemas'), [path]: '{"type":"object","properties":[]}' }),
    ).toEqual([
      `example.com/v1 Widget: no schema for this kind (1 resource); the schema file \`${path}\` of the base branch cannot be used: its properties are not a mapping`,
    ]);
  });

  test('comes from the catalogue where nothing else has it, with an unknown field at its line', async () => {
    const { findings } = await reviewed(
      { 'readme.md': 'A repository\n' },
      {
        'app/kustomization.yaml': 'resources: [certificate.yaml]\n',
        'app/certificate.yaml':
          'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: c, namespace: web }\nspec:\n  secretName: c\n  issuerRef: { name: i }\n  dnsName: a.example.com\n',
      },
    );
    expect(findings.filter(({ rule }) => rule.startsWith('schema/'))).toMatchObject([
      {
        rule: 'schema/unknown-field',
        message: 'unknown field spec.dnsName; did you mean dnsNames?',
        location: { path: 'app/certificate.yaml', startLine: 7 },
      },
    ]);
  });
});
