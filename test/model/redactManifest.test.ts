import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { textAt, valueAt } from '../../src/model/manifest.ts';
import { REDACTED_PREFIX, Redacted, Redactor } from '../../src/model/redacted.ts';
import { redactManifest } from '../../src/model/redactManifest.ts';

describe('redactManifest', () => {
  const redactor = new Redactor();
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'a',
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': '{"canary-annotation":1}',
        kept: 'yes',
      },
    },
    data: { password: 'Y2FuYXJ5LWRhdGE=' },
    stringData: { nested: { deep: ['canary-deep'] }, number: 12345 },
  };

  test('no way of printing it shows a value', () => {
    const redacted = redactManifest({ kind: 'List', items: [secret] }, redactor);
    for (const text of [JSON.stringify(redacted), inspect(redacted, { depth: 20, showHidden: true })]) {
      expect(text).not.toMatch(/canary-|Y2FuYXJ5|12345/);
    }
    expect(String(redactor.redact('canary-text'))).toBe('<redacted>');
    expect(textAt(redacted, ['items', 0, 'metadata', 'annotations', 'kept'])).toBe('yes');
  });

  test("leaves other kinds' data alone", () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 'b' } };
    expect(redactManifest(configMap, redactor)).toEqual(configMap);
  });

  test.each([
    { strngData: { p: 'canary-typo' } },
    { stringData: 'canary-scalar' },
    { stringData: { 'canary 1': 'x' }, 'canary 2': 'x' },
    { type: 'canary of a type' },
    { immutable: 'canary' },
    { metadata: { name: 's', finalizers: ['canary'], labels: { a: { b: 'canary' } } } },
    { kind: 'secret', stringData: { p: 'canary' } },
    { apiVersion: 'example.com/v1', data: { p: 'canary' } },
  ])('of a Secret with a mistake no value is shown: %j', (mistake) => {
    const redacted = redactManifest(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...mistake },
      redactor,
    );
    expect(JSON.stringify(redacted)).not.toContain('canary');
    expect(textAt(redacted, ['metadata', 'name'])).toBe('s');
  });

  test('what says what a Secret is stays', () => {
    const kept = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      immutable: true,
      metadata: { name: 's', namespace: 'n', labels: { a: 'b' }, annotations: { c: 'd' } },
    };
    expect(redactManifest(kept, redactor)).toEqual(kept);
  });

  test('equal values stay equal, also when the engine replaced one of them', () => {
    const digest = createHmac('sha256', redactor.key).update('canary-x').digest('hex');
    expect(redactor.redact('canary-x').equals(redactor.redact('canary-x'))).toBe(true);
    expect(redactor.redact('canary-x').equals(redactor.redact('canary-y'))).toBe(false);
    const sent = redactor.redact(`${REDACTED_PREFIX}encrypted/${digest}`);
    expect(sent.equals(redactor.redact('canary-x'))).toBe(true);
    expect(sent.class).toBe('encrypted');
    expect(new Redactor().redact('canary-x').equals(redactor.redact('canary-x'))).toBe(false);
  });

  test('a copy that the engine replaced in another object is shown as one', () => {
    const token = (letter: string) => `${REDACTED_PREFIX}plain/${letter.repeat(64)}`;
    const configMap = (letter: string) =>
      redactManifest(
        { kind: 'ConfigMap', metadata: { name: token('f') }, data: { url: `https://u:${token(letter)}@h/` } },
        redactor,
      );
    const [one, other] = [valueAt(configMap('a'), ['data', 'url']), valueAt(configMap('b'), ['data', 'url'])];
    if (!(one instanceof Redacted && other instanceof Redacted)) throw new Error('it was not replaced');
    expect(String(one)).toBe('https://u:<redacted>@h/');
    expect(JSON.stringify(configMap('a'))).not.toContain('aaaa');
    expect(one.equals(other)).toBe(false);
    expect(one.marked('?')).toBe('https://u:?@h/');
    const list = redactManifest(
      { kind: 'List', x: token('a'), items: [{ data: { a: token('b') } }] },
      redactor,
    );
    expect(JSON.stringify(list)).toBe(
      '{"kind":"List","x":"<redacted>","items":[{"data":{"a":"<redacted>"}}]}',
    );
    // A name is one, whatever it looks like.
    expect(textAt(configMap('a'), ['metadata', 'name'])).toBe(token('f'));
  });

  test('the key of a redactor is not printed with it', () => {
    expect(inspect(redactor) + JSON.stringify(redactor)).not.toContain(redactor.key);
  });
});
