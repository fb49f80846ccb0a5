import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../src/model/digestOf.ts';
import { Redactor } from '../../src/model/redacted.ts';
import { fc } from '../helpers/properties.ts';

describe('digestOf', () => {
  test.each([
    [{}, []],
    [{ a: 1 }, [['a', 1]]],
    [{ a: '1' }, { a: 1 }],
    [{ a: null }, {}],
    [{ __proto__: null, a: { b: 1 } }, { a: { b: 2 } }],
  ])('tells %j from %j', (one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other));
  });

  test('tells hidden values apart, which are one text', () => {
    const redactor = new Redactor();
    const of = (value: string) => digestOf({ a: redactor.redact(value) });
    expect(of('one')).toBe(of('one'));
    expect(of('one')).not.toBe(of('two'));
  });

  test('is equal for equal values alone, whatever the order of their fields', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([name, item]) => [name, reversed(item)] as const);
      return Object.fromEntries(entries.toReversed());
    };
    // Of JSON text, so that there is no -0, which it does not have.
    const json = fc.json().map((text): unknown => JSON.parse(text));
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(digestOf(reversed(one))).toBe(digestOf(one));
        expect(digestOf(one) === digestOf(other)).toBe(isDeepStrictEqual(one, other));
      }),
    );
  });
});
