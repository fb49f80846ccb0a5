import { describe, expect, test } from '@jest/globals';
import type { ManifestObject, ManifestValue } from '../../../src/model/manifest.ts';
import { flatten, goText } from '../../../src/targets/argo/applicationSet/flatten.ts';
import { mergeParameters } from '../../../src/targets/argo/applicationSet/mergeParameters.ts';
import { mergeTemplates } from '../../../src/targets/argo/applicationSet/mergeTemplates.ts';
import { sanitizeName } from '../../../src/targets/argo/applicationSet/sanitizeName.ts';
import { mergePatch } from '../../../src/targets/argo/mergePatch.ts';
import { fc } from '../../helpers/properties.ts';

// fast-check's JSON is what YAML gives.
const json = fc.jsonValue() as fc.Arbitrary<ManifestValue>;
const jsonObject = fc.dictionary(fc.string(), json) as fc.Arbitrary<ManifestObject>;

describe('values as Go prints them', () => {
  // Printed by fmt.Println of a float64.
  test.each([
    [1000000, '1e+06'],
    [1234567, '1.234567e+06'],
    [123456, '123456'],
    [20240101, '2.0240101e+07'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [1e21, '1e+21'],
    [12345678901234, '1.2345678901234e+13'],
    [-1000000, '-1e+06'],
    [1.5, '1.5'],
    [0, '0'],
    [true, 'true'],
    [null, '<nil>'],
    ['x', 'x'],
  ])('%p is %s', (value, text) => expect(goText(value)).toBe(text));

  test('say the number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        expect(Number(goText(value))).toBe(value + 0),
      ),
    );
  });
});

describe('flattening', () => {
  test('names what is nested by dots', () => {
    expect(flatten({ a: { b: [1, { c: 'x' }] }, d: [], e: {}, f: null })).toEqual({
      'a.b.0': '1',
      'a.b.1.c': 'x',
      f: '<nil>',
    });
  });

  test('gives texts alone, and leaves flat texts as they are', () => {
    fc.assert(
      fc.property(jsonObject, (value) =>
        expect(Object.values(flatten(value)).every((text) => typeof text === 'string')).toBe(true),
      ),
    );
    const flat = fc.dictionary(fc.stringMatching(/^[a-z.]+$/), fc.string());
    fc.assert(fc.property(flat, (value) => expect(flatten(value)).toEqual(value)));
  });
});

describe('a sanitized name', () => {
  test.each([
    ['My_App', 'my-app'],
    ['-a.', 'a'],
    ['é', ''],
    ['EU 1', 'eu-1'],
  ])('%s is %s', (text, name) => expect(sanitizeName(text)).toBe(name));

  test('is a DNS name, and stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = sanitizeName(text);
        expect(name).toMatch(/^(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?)?$/);
        expect(sanitizeName(name)).toBe(name);
      }),
    );
  });
});

// The cases of RFC 7396, appendix A, whose result is an object.
describe('a merge patch', () => {
  test.each<[ManifestObject, ManifestObject, ManifestObject]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, result) => expect(mergePatch(target, patch)).toEqual(result));
});

describe('parameters', () => {
  test('are merged below, and replaced otherwise', () => {
    expect(mergeParameters({ a: { x: 1, y: [1] }, b: 1 }, { a: { y: [], z: '' }, b: null }, [])).toEqual({
      a: { x: 1, y: [], z: '' },
      b: null,
    });
  });

  test('of one generator alone stay as they are', () => {
    fc.assert(
      fc.property(jsonObject, (value) => {
        expect(mergeParameters(value, {}, [])).toEqual(value);
        expect(mergeParameters({}, value, [])).toEqual(value);
        expect(mergeParameters(value, value, [])).toEqual(value);
      }),
    );
  });
});

describe('templates', () => {
  test('keep what they say and are filled with the rest', () => {
    const own = { a: '', b: 'own', c: [], d: ['own'], e: { x: 'own', y: false }, valuesObject: { own: 1 } };
    const base = {
      a: 'base',
      b: 'base',
      c: ['base'],
      d: ['base'],
      e: { x: 'base', y: true, z: 1 },
      valuesObject: { base: 1 },
      f: 1,
    };
    expect(mergeTemplates(own, base)).toEqual({
      a: 'base',
      b: 'own',
      c: ['base'],
      d: ['own'],
      e: { x: 'own', y: true, z: 1 },
      valuesObject: { own: 1 },
      f: 1,
    });
  });
});
