import { expect, test } from '@jest/globals';
import { told } from '../../src/model/told.ts';

test('a sentence says its facts, and has them as its data', () => {
  expect(told('too-few', { name: 'web', count: 1 })`${'name'} has ${'count'}; ${'name'} needs more`).toEqual({
    about: { problem: 'too-few', name: 'web', count: 1 },
    text: 'web has 1; web needs more',
  });
});

test('a list is told with commas, or as a function of the facts says', () => {
  const names = ['a', 'b'];
  expect(told('several', { names })`there are ${'names'}`.text).toBe('there are a, b');
  expect(told('several', { names })`there are ${(all) => all.names.join(' and ')}`.text).toBe(
    'there are a and b',
  );
});

test('a sentence without facts is told by its problem alone', () => {
  expect(told('none')`there is none`).toEqual({ about: { problem: 'none' }, text: 'there is none' });
});

test('a sentence cannot say what is not among its facts', () => {
  // @ts-expect-error it is no fact of this sentence
  expect(told('none', { name: 'web' })`${'name'} has no ${'key'}`.about).toEqual({
    problem: 'none',
    name: 'web',
  });
});
