import { expect, test } from '@jest/globals';
import type { Check } from '../../src/checks/check.ts';
import type { World } from '../../src/checks/world.ts';
import type { Concern } from '../../src/model/finding.ts';
import type { Judgement } from '../../src/model/judgement.ts';
import type { Step } from '../../src/model/step.ts';
import { judgeAll } from '../../src/review/judgeAll.ts';

const NOTHING: Judgement = { before: [], after: [], gaps: [], undecided: [] };
// The checks below look at nothing.
const WORLD = {} as World;

function check(concern: Concern, judge: () => Promise<Judgement>): Check {
  return { concern, judge };
}

/** Nests deeper than any stack. */
function deeper(): number {
  return deeper() + 1;
}

function unheard(concern: Concern, reason: string) {
  return { concern, judgement: { ...NOTHING, gaps: [{ subject: 'all targets', reason, concern }] } };
}

test('a check that takes too long or nests too deeply is not validated, and the others are heard', async () => {
  const checks = [
    check('schemas', () => new Promise(() => {})),
    check('policies', async () => {
      deeper();
      return NOTHING;
    }),
    check('render', async () => NOTHING),
  ];
  expect(await judgeAll([], WORLD, { checks, budgetMs: 50 })).toEqual([
    unheard('schemas', 'a check of schemas was stopped: it took longer than 0.05 s'),
    unheard('policies', 'a check of policies was stopped: something is nested too deeply'),
    { concern: 'render', judgement: NOTHING },
  ]);
});

test('any other error is no gap', async () => {
  const checks = [check('schemas', () => Promise.reject(new Error('damaged')))];
  await expect(judgeAll([], WORLD, { checks })).rejects.toThrow('damaged');
});

test('the concerns of the checks that are still heard are told', async () => {
  const steps: Step[] = [];
  const checks = [
    check('schemas', async () => NOTHING),
    check('policies', () => new Promise((resolve) => setTimeout(() => resolve(NOTHING), 20))),
  ];
  await judgeAll([], WORLD, { checks, onStep: (step) => steps.push(step) });
  expect(steps.map(({ stage }) => stage)).toEqual([
    'checking schemas, policies',
    'checking policies',
    'checking',
  ]);
});
