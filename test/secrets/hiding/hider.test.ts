import { describe, expect, test } from '@jest/globals';
import { Hider } from '../../../src/secrets/hiding/hider.ts';
import { cpuOf } from '../../helpers/cpuOf.ts';
import { fc } from '../../helpers/properties.ts';

const VALUE = 'kQ7zwLEA+u02/p';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const none = () => false;

describe('a value is hidden', () => {
  const hider = new Hider([VALUE], none);

  test.each([
    ['as it is', `a: ${VALUE}`, 'a: <redacted>'],
    ['in a longer text', `x${VALUE}y`, 'x<redacted>y'],
    ['in capitals', VALUE.toUpperCase(), '<redacted>'],
    ['in small letters', VALUE.toLowerCase(), '<redacted>'],
    ['cut short', `a ${VALUE.slice(0, 8)}...`, 'a <redacted>...'],
    ['without its beginning', `a ${VALUE.slice(4)}`, 'a <redacted>'],
    ['in base64', `a: ${base64(VALUE)}`, 'a: <redacted>='],
    ['in base64, twice', base64(base64(VALUE)), '<redacted>T0='],
    ['in base64 of addresses', Buffer.from(VALUE).toString('base64url'), '<redacted>'],
    ['in base64 of capitals', base64(VALUE.toUpperCase()), '<redacted>='],
    ['in hex', Buffer.from(VALUE).toString('hex'), '<redacted>'],
    ['in hex, in capitals', Buffer.from(VALUE).toString('hex').toUpperCase(), '<redacted>'],
    ['in an address', encodeURIComponent(VALUE), '<redacted>'],
    ['in JSON', JSON.stringify({ a: VALUE }), '{"a":"<redacted>"}'],
    ['with signs in between', VALUE.replace(/(.{4})/g, '$1-'), '<redacted>'],
    ['character by character', `a: ${VALUE.split('').join(' ')}`, 'a: <redacted>'],
    ['as bytes', JSON.stringify([...Buffer.from(VALUE)]), '[<redacted>]'],
  ])('%s', (_, text, expected) => {
    expect(hider.hide(text)).toBe(expected);
  });

  test.each([0, 1, 2, 3])('in base64 of a longer text, after %s bytes', (before) => {
    const text = base64(`${'x'.repeat(before)}${VALUE}&more`);
    const hidden = hider.hide(text);
    expect(hidden).toContain('<redacted>');
    expect(hidden.length).toBeLessThan(text.length);
    expect(Buffer.from(hidden.replace('<redacted>', ''), 'base64').toString()).not.toContain(
      VALUE.slice(0, 4),
    );
  });

  test('and what is beside it, is not', () => {
    const text = `kind: ConfigMap\na: ${VALUE.slice(0, 4)}\nb: ${base64('other words')}\nc: kQ7zother`;
    expect(hider.hide(text)).toBe(text);
  });
});

test.each(['k7Q2pG<qPhEEkbF', 'x&8Tz;Lw4,Vq', "Zk3'pW(9tRb"])(
  'a password with signs is hidden cut short: %s',
  (value) => {
    const hider = new Hider([value], none);
    for (const piece of [value.slice(1), value.slice(0, -2), value.slice(3)])
      expect(hider.hide(`a: ${piece}\n`)).toBe('a: <redacted>\n');
  },
);

test.each(['{"auths":{"r.io":{"auth":"aB3"}}}', 'Server=db1;User=App;Port=1', '<a B="1">x2</a>'])(
  'of a text that consists of parts no piece is hidden: %s',
  (value) => {
    const piece = value.slice(0, -8);
    expect(new Hider([value], none).hide(piece)).toBe(piece);
  },
);

test('a value with signs is hidden as Go escapes it, twice', () => {
  const value = 'p&w<x7$K"q2 z9%Tb';
  const inGo = JSON.stringify(value).replaceAll('&', '\\u0026').replaceAll('<', '\\u003c');
  expect(new Hider([value], none).hide(`a: ${JSON.stringify(inGo)}`)).toBe('a: "\\"<redacted>\\""');
});

test('words are hidden where YAML folds them, and where one quarter is missing', () => {
  const hider = new Hider(['sunny flower garden gate', 'correct-horse-battery'], none);
  expect(hider.hide('a: sunny flower\n    garden gate')).toBe('a: <redacted>');
  expect(hider.hide('a: correct-horse-batt')).toBe('a: <redacted>');
  expect(hider.hide('a: correct-horse')).toBe('a: correct-horse');
});

test('words that something is called by stay, what looks random does not', () => {
  const isName = (text: string) => ['billing-service-main', 'kq7zwlea-u02p'].includes(text.toLowerCase());
  const hider = new Hider(['billing-service-main', 'kQ7zwLEA-u02p'], isName);
  expect(hider.hide('billing-service-main, kQ7zwLEA-u02p')).toBe('billing-service-main, <redacted>');
});

test.each(['postgres', 'admin', 'true', 'production', 'banana', '5432', 'db.example.com'])(
  'the value %s hides nothing',
  (value) => {
    const text = `image: ${value}:16 ${value.toUpperCase()} ${base64(value)}`;
    expect(new Hider([value], none).hide(text)).toBe(text);
  },
);

test('fields with words of our own are left alone', () => {
  const hider = new Hider(['failure-of-all-9x9'], none);
  expect(
    hider.hideAll({ verdict: 'failure-of-all-9x9', message: ['is failure-of-all-9x9'], line: 1 }),
  ).toEqual({
    verdict: 'failure-of-all-9x9',
    message: ['is <redacted>'],
    line: 1,
  });
});

test('what is hidden is hidden once, and nothing else changes', () => {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const values = fc
    .array(fc.constantFrom(...letters.split('')), { minLength: 6, maxLength: 30 })
    .map((all) => `k7Q2${all.join('')}`);
  const words = fc.array(fc.constantFrom('kind', 'name: web', '\n', ' ', 'k7Q', 'é', '😀', 'İ'), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(values, words, words, (value, before, after) => {
      const hider = new Hider([value], none);
      const around = [before.join(''), after.join('')] as const;
      fc.pre(around.every((text) => hider.partsIn(text).length === 0) && !/k7q2?$/i.test(around[0]));
      const hidden = hider.hide(around.join(value));
      expect(hidden).toBe(around.join('<redacted>'));
      expect(hider.hide(hidden)).toBe(hidden);
    }),
  );
});

test('many values are looked for in one pass', () => {
  const random = (seed: number) => {
    let state = seed * 2654435761 + 1;
    return Array.from({ length: 20 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return letters[(state >>> 16) % letters.length] ?? '';
    }).join('');
  };
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const values = Array.from({ length: 1000 }, (_, index) => `tok_${random(index)}7Q`);
  const line = 'metadata: { name: web, annotations: { tok_note: "words of no meaning" } }\n';
  const text = `${line.repeat(Math.ceil((2 * 1024 * 1024) / line.length))}a: ${values[987]}`;
  const few = new Hider(values.slice(0, 10), none);
  const many = new Hider(values, none);
  const ofFew = cpuOf(() => expect(few.partsIn(text)).toEqual([]));
  const found = [{ start: text.length - (values[987]?.length ?? 0), end: text.length }];
  // A pass for each value would take a hundred times as long.
  expect(cpuOf(() => expect(many.partsIn(text)).toEqual(found)) / ofFew).toBeLessThan(20);
}, 60_000);

test.each([
  ['the same letters without end', 'a1B2'.repeat(1000), 'a1b2', 500_000],
  ['a value without end', 'kQ7zwLEA+u02/p', 'kQ7zwLEA+u02/p', 100_000],
])(
  'no text takes long: %s',
  (_, value, part, times) => {
    const hider = new Hider([value], none);
    const search = (text: string) => cpuOf(() => expect(hider.partsIn(text).length).toBeGreaterThan(0));
    const ofSome = search(part.repeat(times / 16));
    // What grows with the square of the text takes 256 times as long.
    expect(search(part.repeat(times)) / ofSome).toBeLessThan(100);
  },
  60_000,
);

describe('a short value and a common word are hidden at their own place', () => {
  const hider = new Hider(['ab12', 'postgres', 'user=x\npassword=yz34\n'], () => true);

  test.each([
    ['behind a name', 'db:\n  password: ab12\n  name: ab12\n', 'db:\n  password: <redacted>\n  name: ab12\n'],
    ['in quotes', 'adminPassword: "postgres" # postgres', 'adminPassword: "<redacted>" # postgres'],
    ['in JSON in JSON', String.raw`{\"token\":\"ab12\"}`, String.raw`{\"token\":\"<redacted>\"}`],
    ['of an environment', 'DB_PASSWORD=yz34', 'DB_PASSWORD=<redacted>'],
    ['beside a name', '- name: db.password\n  value: ab12\n', '- name: db.password\n  value: <redacted>\n'],
    [
      'beside a name in JSON',
      '[{"name":"db.password","value":"ab12"},{"name":"image","value":"ab12"}]',
      '[{"name":"db.password","value":"<redacted>"},{"name":"image","value":"ab12"}]',
    ],
    [
      'beside a name in JSON in JSON',
      String.raw`[{\"name\":\"token\",\"value\":\"ab12\"}]`,
      String.raw`[{\"name\":\"token\",\"value\":\"<redacted>\"}]`,
    ],
    ['behind an argument in JSON', '["--password","ab12"]', '["--password","<redacted>"]'],
    ['behind an argument', '- --password\n- ab12\n', '- --password\n- <redacted>\n'],
    ['in an address', 'redis://:ab12@ab12:6379', 'redis://:<redacted>@ab12:6379'],
    ['in a DSN', 'dsn: ab12:ab12@tcp(ab12:3306)/ab12', 'dsn: ab12:<redacted>@tcp(ab12:3306)/ab12'],
    ['in an address of Oracle', 'jdbc:oracle:thin:ab12/ab12@//db', 'jdbc:oracle:thin:ab12/<redacted>@//db'],
    ['in the text of a text', '- a: "password: ab12"', '- a: "password: <redacted>"'],
    ['in a mapping of a text', 'value: {password: "ab12"}', 'value: {password: "<redacted>"}'],
    ['in capitals', 'PASSWORD: AB12', 'PASSWORD: <redacted>'],
    ['in base64 of a longer text', base64('user: a, password: ab12'), '<redacted>'],
    ['in base64', `secretKey: ${base64('ab12')}`, 'secretKey: <redacted>'],
    [
      'and not where one is kept',
      'secretName: postgres, image: postgres',
      'secretName: postgres, image: postgres',
    ],
  ])('%s', (_, text, expected) => {
    expect(hider.hide(text)).toBe(expected);
  });

  test('and where all of a text is one', () => {
    expect(hider.partsAt('password', 'ab12')).toEqual([{ start: 0, end: 4 }]);
    expect(hider.partsAt('image', 'ab12')).toEqual([]);
  });
});
