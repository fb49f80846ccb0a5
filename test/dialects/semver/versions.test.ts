import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { parseConstraint } from '../../../src/dialects/semver/constraint.ts';
import { compareVersions, parseVersion } from '../../../src/dialects/semver/version.ts';
import { chooseVersion } from '../../../src/remote/chooseVersion.ts';
import { fc, runs } from '../../helpers/properties.ts';

function choose(versions: readonly string[], wanted: string): string | undefined {
  return chooseVersion(
    versions.map((version) => ({ version })),
    wanted,
  )?.version;
}

describe('the version that is chosen', () => {
  const VERSIONS = ['1.0.0', '1.10.0', '1.9.0', '2.0.0-rc.1', '2.1.0', 'v3.0.0', '3.1.0-beta', 'nonsense'];
  test.each([
    ['*', 'v3.0.0'],
    ['', 'v3.0.0'],
    ['1.x', '1.10.0'],
    ['1', '1.10.0'],
    ['^1.0', '1.10.0'],
    ['~1.9', '1.9.0'],
    ['>1 <2', undefined],
    ['>=1 <2', '1.10.0'],
    ['>=1, <1.10', '1.9.0'],
    ['1.0.0 - 1.9.0', '1.9.0'],
    ['!=3.0.0', '2.1.0'],
    ['<2 || 3.x', 'v3.0.0'],
    ['v1.0.0', '1.0.0'],
    ['1.0.0', '1.0.0'],
    ['3.0.0', 'v3.0.0'],
    ['2.0.0-rc.1', '2.0.0-rc.1'],
    ['>=1.0.0-0', '3.1.0-beta'],
    ['9.x', undefined],
    ['nonsense', undefined],
    ['>=', undefined],
  ])('of %j is %j', (wanted, version) => {
    expect(choose(VERSIONS, wanted)).toBe(version);
  });

  test('is of versions that are equal the one that is written as wanted', () => {
    expect(choose(['1.0.0', '1.0.0+b', 'v1.0.0'], '1.0.0+b')).toBe('1.0.0+b');
    expect(choose(['1.0.0+a', '1.0.0+b'], '1.0.0')).toBe('1.0.0+a');
  });
});

describe('versions and ranges', () => {
  const often = (common: readonly string[], rare: readonly string[]) =>
    fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...common) }, fc.constantFrom(...rare));
  const number = often(['0', '1', '2', '10'], ['01', '18446744073709551615', '18446744073709551616']);
  const open = fc.oneof({ weight: 4, arbitrary: number }, often(['x', 'X', '*'], ['1x']));
  const label = often(['', '', '-0', '-a', '-a.1', '-a.10', '-1', '-a-b', '+b', '-a+b.1'], ['-01', '-']);
  const prefix = often(['', '', '', 'v'], ['V', '=']);
  const written = (part: fc.Arbitrary<string>) =>
    fc
      .tuple(prefix, fc.array(part, { minLength: 1, maxLength: 3 }), label)
      .map(([start, parts, end]) => `${start}${parts.join('.')}${end}`);
  const space = often(['', '', ' ', '  ', '\t'], ['\u00a0']);
  const operator = often(['', '=', '!=', '>', '<', '>=', '=>', '<=', '=<', '~', '~>', '^'], ['==']);
  const comparator = fc.tuple(space, operator, space, written(open)).map((parts) => parts.join(''));
  const joined = (part: fc.Arbitrary<string>, separator: fc.Arbitrary<string>) =>
    fc
      .tuple(part, fc.array(fc.tuple(separator, part), { maxLength: 2 }))
      .map(([first, others]) => first + others.flat().join(''));
  const range = joined(
    joined(comparator, often([' ', ', ', ',', ' , ', '  ', ' - '], [' -', ''])),
    often(['||', ' || '], ['|']),
  );

  test("are read as Helm's own library reads them", async () => {
    const versions = [...new Set(fc.sample(written(number), 300))];
    const ranges = [
      ...new Set([...fc.sample(range, { numRuns: runs(3000) }), ...fc.sample(comparator, runs(1000)), '']),
    ];
    const oracle = fileURLToPath(new URL('oracle/main.go', import.meta.url));
    const { stdout } = await execa('go', ['run', oracle], {
      cwd: fileURLToPath(new URL('../../../engine', import.meta.url)),
      input: JSON.stringify({ versions, ranges }),
      maxBuffer: 1 << 30,
    });
    const expected: { fitting: (string[] | null)[]; sorted: string[] } = JSON.parse(stdout);

    const parsed = versions.flatMap((text) => {
      const version = parseVersion(text);
      return version === undefined ? [] : [{ text, version }];
    });
    const sorted = parsed.toSorted((one, other) => compareVersions(other.version, one.version));
    expect(sorted.map(({ text }) => text)).toEqual(expected.sorted);
    const fitting = ranges.map((text) => {
      const fits = parseConstraint(text);
      return fits === undefined
        ? null
        : parsed.filter(({ version }) => fits(version)).map((entry) => entry.text);
    });
    const differing = ranges.flatMap((text, index) =>
      JSON.stringify(fitting[index]) === JSON.stringify(expected.fitting[index])
        ? []
        : [{ text, ours: fitting[index], theirs: expected.fitting[index] }],
    );
    expect(differing.slice(0, 5)).toEqual([]);
    // The texts must be worth the comparison: many of each kind.
    expect(expected.fitting.filter((versionsThatFit) => versionsThatFit !== null).length).toBeGreaterThan(
      500,
    );
    expect(expected.fitting.filter((versionsThatFit) => versionsThatFit === null).length).toBeGreaterThan(
      500,
    );
    expect(
      expected.fitting.filter((versionsThatFit) => (versionsThatFit ?? []).length > 0).length,
    ).toBeGreaterThan(200);
  }, 120_000);

  test('are read however they are written', () => {
    const hostile = [
      ' '.repeat(511),
      `1${' '.repeat(510)}x`,
      '1-'.repeat(255),
      '1 '.repeat(255),
      `${'1.1-a'.repeat(100)} - `,
    ];
    // A pattern that backtracks would take for ever, and the run with it.
    for (const text of [...hostile, 'x'.repeat(100_000), '1'.repeat(100_000)]) {
      parseConstraint(text);
      expect(parseVersion(text)).toBeUndefined();
    }
  });

  test('a version that is chosen fits, and no newer one does', () => {
    const some = fc.array(written(number), { maxLength: 8 });
    fc.assert(
      fc.property(some, range, (versions, wanted) => {
        const chosen = choose(versions, wanted);
        const fits = parseConstraint(wanted);
        const fitting = versions
          .flatMap((text) => parseVersion(text) ?? [])
          .filter((version) => fits?.(version));
        if (chosen === undefined) expect(fits === undefined || fitting.length === 0).toBe(true);
        else if (chosen !== wanted) {
          const version = parseVersion(chosen);
          expect(
            fitting.every((other) => version !== undefined && compareVersions(other, version) <= 0),
          ).toBe(true);
        }
      }),
    );
  });
});
