import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { reviewedCommits, reviewedHistory } from './reviewed.ts';
import { credentials, fineCredentials } from './secretCases/credentials.ts';
import { BASE, NAMED, type SecretCase } from './secretCases/files.ts';
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

test('what does not render in a commit in between is said to be searched as text alone', async () => {
  const template = (text: string) => ({ 'p/templates/login.yaml': `${NAMED}stringData:\n  pw: ${text}\n` });
  const values = (pin: string) => ({ 'p/values.yaml': `pin: ${pin}\n` });
  const works = '{{ .Values.pin | quote }}';
  const made = await review({
    name: 'a chart that is broken and mended',
    base: {
      'p/Chart.yaml': 'apiVersion: v2\nname: p\nversion: 1.0.0\n',
      ...values('""'),
      ...template(works),
    },
    commits: [
      { ...values('violet-lamp-31'), ...template('{{ .Values.pin | quoted }}') },
      { ...values('""'), ...template(works) },
    ],
    expected: [],
  });
  expect(made.notValidated.filter(({ concern }) => concern === 'secrets')).toEqual([
    {
      subject: 'commits of the pull request',
      reason: expect.stringMatching(
        /^searched for Secrets as text alone, since commit \w+ does not render: p$/,
      ),
      concern: 'secrets',
    },
  ]);
  expect(made.verdicts.secrets).toBe('neutral');
});
