import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { Redactor } from '../../src/model/redacted.ts';

test('a redactor knows what it replaced, by its identity, and prints nothing of it', () => {
  const redactor = new Redactor();
  const value = redactor.redact('canary-value');
  redactor.redact('canary-other');
  expect(redactor.contentsOf([value.identity()]).map((text) => text.length)).toEqual(['canary-value'.length]);
  for (const printed of [inspect(redactor, { showHidden: true, depth: 9 }), JSON.stringify(redactor)])
    expect(printed).not.toContain('canary');
});

test('what is base64 in a Secret is known by what it holds', () => {
  const redactor = new Redactor();
  const value = redactor.redact(Buffer.from('canary-value').toString('base64'), true);
  expect(redactor.contentsOf([value.identity()]).map((text) => text.length)).toEqual(['canary-value'.length]);
});

test('further parts of a text are hidden beside those that are, and what differs stays different', () => {
  const redactor = new Redactor();
  const first = redactor.hide('a=one b=two', [{ start: 2, end: 5 }]);
  const both = (text: string) => redactor.hide(first, [{ start: text.indexOf('two'), end: text.length }]);
  expect(String(both('a=<redacted> b=two'))).toBe('a=<redacted> b=<redacted>');
  expect(both('a=<redacted> b=two').equals(first)).toBe(false);
  const other = redactor.hide('a=One b=two', [{ start: 2, end: 5 }]);
  expect(other.equals(first)).toBe(false);
});
