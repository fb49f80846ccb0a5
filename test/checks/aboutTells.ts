import { expect } from '@jest/globals';
import type { Violation } from '../../src/model/finding.ts';

/** Facts that hold somebody else's words. */
const QUOTED = new Set(['said']);

/** As {@link expectEachAboutToTell}, of violations that are known to have several sentences. */
export function expectAboutToTell(violations: readonly Violation[]): void {
  expectEachAboutToTell(violations);
  // With one sentence alone nothing is compared.
  expect(new Set(violations.map(({ rule, about }) => JSON.stringify([rule, about]))).size).toBeGreaterThan(1);
}

/**
 * Expects of violations what their recognition is built on: each has data, a rule with its
 * data has one sentence, another sentence has other data, and no fact is just the sentence.
 */
export function expectEachAboutToTell(violations: readonly Violation[]): void {
  const sentences = new Map<string, string>();
  const data = new Map<string, string>();
  for (const { rule, about, message } of violations) {
    expect({ message, about }).toEqual({ message, about: expect.any(Object) });
    const own = Object.entries(about ?? {}).filter(([name]) => !QUOTED.has(name));
    expect(own.map(([, fact]) => fact)).not.toContain(message);
    const key = JSON.stringify([rule, about]);
    expect([key, sentences.get(key) ?? message]).toEqual([key, message]);
    expect([message, data.get(`${rule} ${message}`) ?? key]).toEqual([message, key]);
    sentences.set(key, message);
    data.set(`${rule} ${message}`, key);
  }
}
