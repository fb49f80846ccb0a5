import { describe, expect, test } from '@jest/globals';
import { valueStatuses } from '../../src/findings/valueStatuses.ts';
import type { SubjectViolation } from '../../src/model/judgement.ts';
import { fc } from '../helpers/properties.ts';

const NONE = { before: new Set<string>(), after: new Set<string>() };

/** A violation about values of a Secret in a file; a value is also known by its own name elsewhere. */
function inFile(path: string, owner: string, ...values: string[]): SubjectViolation {
  return {
    subject: { is: 'file', path, resource: null, targets: [] },
    violation: { rule: 'secret/plain', severity: 'error', message: '', about: {}, fieldPath: null },
    values: {
      owner,
      all: values.map((value) => ({ counted: `${owner} ${value}`, names: [value] })),
      copy: values.join(),
    },
  };
}

function compare(
  before: readonly SubjectViolation[],
  after: readonly SubjectViolation[],
  known: { before: ReadonlySet<string>; after: ReadonlySet<string> } = NONE,
) {
  const { existing, fixed } = valueStatuses({ before, after, known });
  return {
    isNew: after.map((one) => !existing.includes(one)),
    isFixed: before.map((one) => fixed.includes(one)),
  };
}

describe('a violation about values is', () => {
  test('new where one of its values was not there', () => {
    const { isNew, isFixed } = compare([inFile('a', 's', '1')], [inFile('a', 's', '1', '2')]);
    expect({ isNew, isFixed }).toEqual({ isNew: [true], isFixed: [false] });
  });

  test('neither new nor fixed where one of its values goes', () => {
    const { isNew, isFixed } = compare([inFile('a', 's', '1', '2')], [inFile('a', 's', '2')]);
    expect({ isNew, isFixed }).toEqual({ isNew: [false], isFixed: [false] });
  });

  test('new in the file that gets a second copy', () => {
    const { isNew } = compare([inFile('b', 's', '1')], [inFile('a', 's', '1'), inFile('b', 's', '1')]);
    expect(isNew).toEqual([true, false]);
  });

  test('the same in a file that got another name', () => {
    const { isNew, isFixed } = compare([inFile('a', 's', '1')], [inFile('b', 's', '1')]);
    expect({ isNew, isFixed }).toEqual({ isNew: [false], isFixed: [false] });
  });

  test('not fixed while its owner has another one', () => {
    const { isNew, isFixed } = compare([inFile('a', 's', '1')], [inFile('a', 's', '2')]);
    expect({ isNew, isFixed }).toEqual({ isNew: [true], isFixed: [false] });
  });

  test('known by what the other commit has without a violation', () => {
    const { isNew } = compare([], [inFile('a', 's', '1')], { ...NONE, before: new Set(['1']) });
    const { isFixed } = compare([inFile('a', 's', '1')], [], { ...NONE, after: new Set(['1']) });
    expect({ isNew, isFixed }).toEqual({ isNew: [false], isFixed: [false] });
  });
});

test('a value that is nowhere at the base makes its violation new, and none is fixed whose value stays', () => {
  const values = fc.uniqueArray(fc.constantFrom('1', '2', '3', '4'), { minLength: 1 });
  const found = fc.uniqueArray(
    fc.record({ path: fc.constantFrom('a', 'b'), owner: fc.constantFrom('s', 't'), values }),
    { selector: ({ path, owner }) => `${path} ${owner}` },
  );
  fc.assert(
    fc.property(found, found, (base, head) => {
      const [before, after] = [base, head].map((all) =>
        all.map(({ path, owner, values: own }) => inFile(path, owner, ...own)),
      ) as [SubjectViolation[], SubjectViolation[]];
      const { isNew, isFixed } = compare(before, after);
      for (const [index, { owner, values: own }] of head.entries()) {
        const had = base.filter((one) => one.owner === owner).flatMap((one) => one.values);
        if (own.some((value) => !had.includes(value))) expect(isNew[index]).toBe(true);
      }
      for (const [index, { owner, values: own }] of base.entries()) {
        const has = head.filter((one) => one.owner === owner).flatMap((one) => one.values);
        if (own.some((value) => has.includes(value))) expect(isFixed[index]).toBe(false);
      }
    }),
  );
});
