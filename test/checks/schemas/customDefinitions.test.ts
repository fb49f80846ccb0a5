import { describe, expect, test } from '@jest/globals';
import { stringify } from 'yaml';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import type { FieldPath, ManifestObject } from '../../../src/model/manifest.ts';
import { expectAboutToTell } from '../aboutTells.ts';
import { manifestOf, resourceOf } from './manifests.ts';

/** A definition of `example.com/v1 Widget`. */
function definition(openAPIV3Schema: unknown, version: object = {}) {
  return manifestOf(
    stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema }, ...version }],
      },
    }),
  );
}

/** A schema with one field in the spec. */
function withField(field: object, spec: object = {}) {
  return definition({
    type: 'object',
    properties: { spec: { type: 'object', properties: { field }, ...spec } },
  });
}

function widget(rest: object) {
  return resourceOf(
    stringify({ apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w' }, ...rest }),
  );
}

async function check(definitions: ManifestObject[], rest: object) {
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  return schemas.withCustomDefinitions(definitions).check(widget(rest));
}

async function violationsOf(field: object, value: unknown, spec: object = {}) {
  const result = await check([withField(field, spec)], { spec: { field: value } });
  if (result.status !== 'checked') throw new Error(`not checked: ${result.hint}`);
  return result.violations;
}

async function findings(field: object, value: unknown, spec: object = {}) {
  return (await violationsOf(field, value, spec)).map(({ rule, fieldPath, message }) => [
    rule,
    fieldPath,
    message,
  ]);
}

const FIELD: FieldPath = ['spec', 'field'];

describe('a custom resource', () => {
  test('has no schema before its definition is known, and has one after', async () => {
    const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
    expect(schemas.check(widget({}))).toEqual({ status: 'no-schema' });
    const extended = schemas.withCustomDefinitions([definition({ type: 'object' })]);
    expect(extended.check(widget({}))).toEqual({ status: 'checked', violations: [] });
    expect(schemas.check(widget({}))).toEqual({ status: 'no-schema' });
  });

  test('keeps the built-in kinds and earlier definitions when more are added', async () => {
    const schemas = (await openSchemaSet({ kubernetesVersion: '1.37' }))
      .withCustomDefinitions([definition({ type: 'object' })])
      .withCustomDefinitions([]);
    expect(schemas.check(widget({})).status).toBe('checked');
    expect(schemas.check(resourceOf('apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n')).status).toBe(
      'checked',
    );
  });

  const accepted: [string, object, unknown, object?][] = [
    [
      'an integer or a string: integer',
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      5,
    ],
    ['an integer or a string: string', { 'x-kubernetes-int-or-string': true }, '5%'],
    [
      'anything in a field that keeps unknown ones',
      { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      { a: [1] },
    ],
    [
      'anything in a field without type that keeps unknown ones',
      { 'x-kubernetes-preserve-unknown-fields': true },
      [1, null],
    ],
    [
      'anything in the items of a list that keeps unknown fields',
      { type: 'array', 'x-kubernetes-preserve-unknown-fields': true, items: { type: 'object' } },
      [{ a: 1 }, { b: { c: 2 } }],
    ],
    ['any key in a map', { type: 'object', additionalProperties: { type: 'string' } }, { a: 'b', c: null }],
    ['null where it is allowed', { type: 'string', nullable: true }, null, { required: ['field'] }],
    ['null for a field that may be absent', { type: 'string' }, null],
    ['null for a field with a default', { type: 'string', default: 'a' }, null, { required: ['field'] }],
    [
      'an embedded object',
      {
        type: 'object',
        'x-kubernetes-embedded-resource': true,
        'x-kubernetes-preserve-unknown-fields': true,
      },
      { apiVersion: 'v1', kind: 'Pod', metadata: { labels: { a: 'b' } }, spec: 1 },
    ],
    ['a pattern that only Go understands', { type: 'string', pattern: '(?i)^[[:alpha:]]+\\z' }, 'Abc'],
    ['a format that is not known', { type: 'string', format: 'phone-number' }, 'soon'],
    ['a format of another type', { type: 'integer', format: 'date-time' }, 5],
    [
      'items of a map that differ in one of its keys',
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
        items: {
          type: 'object',
          properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
        },
      },
      [{ port: 53 }, { port: 53, protocol: 'UDP' }],
    ],
    [
      'the same item twice in an atomic list',
      { type: 'array', 'x-kubernetes-list-type': 'atomic', items: { type: 'string' } },
      ['a', 'a'],
    ],
    [
      'one of several forms',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
      { a: 'x' },
    ],
    [
      'a form that a default completes',
      {
        type: 'object',
        properties: { kind: { type: 'string', default: 'x' } },
        oneOf: [
          { properties: { kind: { enum: ['x'] } } },
          { properties: { kind: { not: { enum: ['x'] } } } },
        ],
      },
      {},
    ],
  ];
  test.each(accepted)('may have %s', async (_, field, value, spec = {}) => {
    expect(await findings(field, value, spec)).toEqual([]);
  });

  const refused: [string, object, unknown, string, FieldPath, string][] = [
    [
      'an unknown field',
      { type: 'object', properties: { size: { type: 'integer' } } },
      { sise: 1 },
      'unknown-field',
      [...FIELD, 'sise'],
      'unknown field spec.field.sise; did you mean size?',
    ],
    [
      'an unknown field where none is declared',
      { type: 'object' },
      { a: 1 },
      'unknown-field',
      [...FIELD, 'a'],
      'unknown field spec.field.a; no field is allowed here',
    ],
    [
      'an unknown field below one that keeps unknown ones',
      {
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        properties: { in: { type: 'object', properties: { size: { type: 'integer' } } } },
      },
      { any: 1, in: { other: 1 } },
      'unknown-field',
      [...FIELD, 'in', 'other'],
      'unknown field spec.field.in.other; allowed here: size',
    ],
    [
      'a wrong type in a map',
      { type: 'object', additionalProperties: { type: 'integer' } },
      { a: 'b' },
      'wrong-type',
      [...FIELD, 'a'],
      'spec.field.a must be an integer, not a string',
    ],
    [
      'null in a list',
      { type: 'array', items: { type: 'string' } },
      ['a', null],
      'wrong-type',
      [...FIELD, 1],
      'spec.field[1] must not be null',
    ],
    [
      'a boolean for an integer or string',
      { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
      true,
      'wrong-type',
      FIELD,
      'spec.field must be an integer or a string, not a boolean; put it in quotes',
    ],
    [
      'a missing field',
      { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
      {},
      'required',
      FIELD,
      'spec.field lacks the required field a',
    ],
    [
      'an embedded object without kind',
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      { apiVersion: 'v1' },
      'required',
      FIELD,
      'spec.field lacks the required field kind',
    ],
    [
      'an embedded object with unknown metadata',
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      { apiVersion: 'v1', kind: 'A', metadata: { nam: 'a' } },
      'unknown-field',
      [...FIELD, 'metadata', 'nam'],
      'unknown field spec.field.metadata.nam; did you mean name?',
    ],
    [
      'a value that is not in the enum',
      { type: 'string', enum: ['small', 'large'] },
      'smal',
      'enum',
      FIELD,
      'spec.field must be one of small, large, not "smal"; did you mean small?',
    ],
    [
      'a number that is too small',
      { type: 'integer', minimum: 1 },
      0,
      'range',
      FIELD,
      'spec.field must be at least 1, not 0',
    ],
    [
      'a number at an excluded limit',
      { type: 'number', maximum: 1, exclusiveMaximum: true },
      1,
      'range',
      FIELD,
      'spec.field must be less than 1, not 1',
    ],
    [
      'a text that is too long',
      { type: 'string', maxLength: 1 },
      'canary',
      'length',
      FIELD,
      'spec.field must have at most 1 character',
    ],
    [
      'an empty list',
      { type: 'array', minItems: 2, items: { type: 'string' } },
      [],
      'length',
      FIELD,
      'spec.field must have at least 2 items',
    ],
    [
      'a text without the pattern',
      { type: 'string', pattern: '^[a-z]+$' },
      'canary-1',
      'pattern',
      FIELD,
      'spec.field must match the pattern "^[a-z]+$"',
    ],
    [
      'a text without the format',
      { type: 'string', format: 'ipv4' },
      '1.2.3',
      'format',
      FIELD,
      'spec.field must be an IPv4 address',
    ],
    [
      'the same item twice in a set',
      { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
      ['a', 'b', 'a', 'a'],
      'repeated-item',
      [...FIELD, 2],
      'spec.field[2] repeats spec.field[0]; the items of this list must differ',
    ],
    [
      'two items of a map with the same keys, one of them by default',
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
        items: {
          type: 'object',
          properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
        },
      },
      [{ port: 53, protocol: 'TCP' }, { port: 53 }],
      'repeated-item',
      [...FIELD, 1],
      'spec.field[1] has the same port and protocol as spec.field[0]; it must differ from item to item',
    ],
    [
      'both of two forms',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
      { a: 'x', b: 'y' },
      'alternatives',
      FIELD,
      'spec.field fits several of the forms of which it must have exactly one',
    ],
    [
      'none of two forms',
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        oneOf: [{ required: ['a'] }, { required: ['b'] }],
      },
      {},
      'alternatives',
      FIELD,
      'spec.field fits none of the forms that are allowed (spec.field lacks the required field a; or spec.field lacks the required field b)',
    ],
    [
      'an excluded form',
      { type: 'object', properties: { a: { type: 'string' } }, not: { required: ['a'] } },
      { a: 'x' },
      'alternatives',
      FIELD,
      'spec.field has a form that its definition excludes',
    ],
  ];
  test('is recognised by the data of the sentence', async () => {
    const found = await Promise.all(refused.map(([, field, value]) => violationsOf(field, value)));
    expectAboutToTell(found.flat());
  });

  test('whose alternatives all fail is recognised by the reasons of each', async () => {
    const wanted = (names: readonly string[]) => ({
      'x-kubernetes-preserve-unknown-fields': true,
      type: 'object',
      oneOf: names.map((name) => ({ required: [name] })),
    });
    const [found] = await violationsOf(wanted(['a', 'b', 'c', 'd']), {});
    expect(found?.about).toEqual({
      field: FIELD,
      fits: 'none',
      'reason1.rule': 'required',
      'reason1.field': FIELD,
      'reason1.missing': 'a',
      'reason2.rule': 'required',
      'reason2.field': FIELD,
      'reason2.missing': 'b',
      'reason3.rule': 'required',
      'reason3.field': FIELD,
      'reason3.missing': 'c',
      more: 1,
    });
    const others = [wanted(['a', 'b']), wanted(['b', 'a']), wanted(['a', 'b', 'c', 'd', 'e'])];
    const all = await Promise.all(others.map((field) => violationsOf(field, {})));
    expectAboutToTell([...all.flat(), ...(found === undefined ? [] : [found])]);
  });

  test.each(refused)('may not have %s', async (_, field, value, ...[rule, path, message]) => {
    expect(await findings(field, value)).toEqual([[`schema/${rule}`, path, message]]);
  });

  test('may not have an unknown field beside its own, nor in its metadata', async () => {
    const result = await check([definition({ type: 'object', properties: { spec: { type: 'object' } } })], {
      metadata: { name: 'w', lables: {} },
      specs: {},
    });
    expect(result).toMatchObject({
      status: 'checked',
      violations: [
        {
          rule: 'schema/unknown-field',
          fieldPath: ['specs'],
          message: 'unknown field specs; did you mean spec?',
        },
        { rule: 'schema/unknown-field', fieldPath: ['metadata', 'lables'] },
      ],
    });
  });

  test('must obey what its definition says of its name', async () => {
    const schema = {
      type: 'object',
      properties: { metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 3 } } } },
    };
    const result = await check([definition(schema)], { metadata: { name: 'long-name', labels: { a: 'b' } } });
    expect(result).toMatchObject({
      violations: [{ rule: 'schema/length', fieldPath: ['metadata', 'name'] }],
    });
  });

  test('may lack what its status requires only where the status is a subresource', async () => {
    const schema = {
      type: 'object',
      properties: { status: { type: 'object', required: ['a'], properties: { a: { type: 'string' } } } },
    };
    const cleared = await check([definition(schema, { subresources: { status: {} } })], { status: {} });
    expect(cleared).toEqual({ status: 'checked', violations: [] });
    const kept = await check([definition(schema)], { status: {} });
    expect(kept).toMatchObject({ violations: [{ rule: 'schema/required', fieldPath: ['status'] }] });
  });

  test('that one of two different definitions accepts is accepted', async () => {
    const definitions = [withField({ type: 'string' }), withField({ type: 'integer' })];
    expect(await check(definitions, { spec: { field: 1 } })).toEqual({ status: 'checked', violations: [] });
    expect(await check(definitions, { spec: { field: 'a' } })).toEqual({ status: 'checked', violations: [] });
    expect(await check(definitions, { spec: { field: [] } })).toMatchObject({
      violations: [{ rule: 'schema/wrong-type' }],
    });
  });

  test('is checked by a pattern that would take a backtracking matcher for ever', async () => {
    expect(await findings({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(5000)}!`)).toHaveLength(1);
  });
});

describe('a malformed definition', () => {
  const CANNOT = 'the openAPIV3Schema of its CustomResourceDefinition cannot be used';
  const cases: [string, ReturnType<typeof definition>, string][] = [
    ['without schema', definition(undefined), 'its CustomResourceDefinition has no openAPIV3Schema'],
    [
      'that does not serve the version',
      definition({ type: 'object' }, { served: false }),
      'its CustomResourceDefinition does not serve this version',
    ],
    ['with text for a schema', definition('object'), `${CANNOT}: it is not a mapping`],
    ['whose root is no object', definition({ type: 'string' }), `${CANNOT}: its type is not object`],
    [
      'with an unknown type',
      withField({ type: 'strin' }),
      `${CANNOT}: at spec.field: its type is not one of object, array, string, integer, number, boolean`,
    ],
    [
      'with a list of properties',
      withField({ type: 'object', properties: [] }),
      `${CANNOT}: at spec.field: its properties are not a mapping`,
    ],
    [
      'with a reference',
      withField({ $ref: '#/definitions/a' }),
      `${CANNOT}: at spec.field: $ref is not allowed`,
    ],
    [
      'with required as a flag',
      withField({ type: 'object', required: true }),
      `${CANNOT}: at spec.field: required is not a list`,
    ],
    [
      'with a limit in quotes',
      withField({ type: 'integer', minimum: '1' }),
      `${CANNOT}: at spec.field: minimum is not a number`,
    ],
    [
      'with a broken pattern',
      withField({ type: 'string', pattern: '(' }),
      `${CANNOT}: at spec.field: pattern is not a regular expression that Go understands`,
    ],
    [
      'with null for a property',
      withField({ type: 'array', items: null }),
      `${CANNOT}: at spec.field.[]: it is not a mapping`,
    ],
    [
      'with text for alternatives',
      withField({ type: 'array', items: { type: 'string' }, anyOf: 'x' }),
      `${CANNOT}: at spec.field: anyOf is not a list`,
    ],
  ];
  test.each(cases)('%s gives no schema, and says why', async (_, crd, hint) => {
    expect(await check([crd], {})).toEqual({ status: 'no-schema', hint });
  });

  test.each([
    {},
    { spec: 5 },
    { spec: { names: {}, versions: [{}] } },
    { spec: { group: 'a', names: { kind: 'B' }, versions: ['v1', null, {}] } },
  ])('that says no kind gives nothing: %j', async (crd) => {
    const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
    const extended = schemas.withCustomDefinitions([
      manifestOf(stringify({ kind: 'CustomResourceDefinition', ...crd })),
    ]);
    expect(extended.check(widget({}))).toEqual({ status: 'no-schema' });
  });

  test('nested deeper than the stack gives no schema', async () => {
    let schema: object = { type: 'string' };
    for (let depth = 0; depth < 20_000; depth++) schema = { type: 'object', properties: { a: schema } };
    const crd = definition({ type: 'object' });
    const deep = JSON.parse(JSON.stringify(crd));
    deep.spec.versions[0].schema.openAPIV3Schema = schema;
    expect(await check([deep], {})).toMatchObject({ status: 'no-schema' });
  });
});
