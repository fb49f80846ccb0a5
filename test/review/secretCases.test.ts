import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { reviewedCommits, reviewedHistory } from './reviewed.ts';
import { credentials, fineCredentials } from './secretCases/credentials.ts';
import { BASE, type SecretCase } from './secretCases/files.ts';
import { fineCases } from './secretCases/fine.ts';
import { fineInHistory, inHistory } from './secretCases/inHistory.ts';
import { inSources } from './secretCases/inSources.ts';
import { fineInValues, inValues } from './secretCases/inValues.ts';

const CASES = {
  found: [...inSources, ...inHistory, ...inValues, ...credentials],
  fine: [...fineCases, ...fineInHistory, ...fineInValues, ...fineCredentials],
};

function findings({ findings: all }: Review): string[] {
  return all
    .filter(({ rule }) => rule.startsWith('secret/'))
    .map(({ status, rule, location }) => {
      const place = location === null ? '-' : `${location.path}:${location.startLine}`;
      return `${status === 'new' ? '' : `${status} `}${rule} ${place}`;
    });
}

async function review({ base = BASE, commits = [], history, values = [] }: SecretCase): Promise<Review> {
  const made =
    history === undefined
      ? await reviewedCommits(base, ...commits)
      : await reviewedHistory(base, (repository) => history(repository));
  // The marker has no place in what a detector knows by its form.
  for (const value of values) expect(JSON.stringify(made)).not.toContain(value);
  return made;
}

describe('a committed value is found', () => {
  test.each<SecretCase>(CASES.found)('$name', async (one) => {
    const made = await review(one);
    expect(findings(made)).toEqual(one.expected);
    expect(made.verdicts.secrets).toBe('failure');
  });
});

describe('nothing is found in', () => {
  test.each<SecretCase>(CASES.fine)('$name', async (one) => {
    const made = await review(one);
    expect(findings(made)).toEqual(one.expected);
    expect(made.verdicts.secrets).toBe('success');
  });
});
