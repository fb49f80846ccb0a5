import { describe, expect, test } from '@jest/globals';
import type { Location } from '../../src/model/finding.ts';
import type { Review } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const README: TestFiles = { 'README.md': 'words' };

function secret(value: string, name = 'login', key = 'password'): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name} }\nstringData:\n  ${key}: ${value}\n`;
}

const at = ({ path, startLine }: Location) => `${path}:${startLine}`;

/** Each finding on Secrets with all its places, and those that are excepted. */
function places({ findings, excepted }: Review) {
  const told = (all: Review['findings']) =>
    all
      .filter(({ rule }) => rule.startsWith('secret/'))
      .map(({ status, location, otherLocations = [] }) =>
        [status, ...(location === null ? [] : [at(location)]), ...otherLocations.map(at)].join(' '),
      );
  return { findings: told(findings), excepted: told(excepted) };
}

const COPIES = ['eu', 'us', 'asia'].map((site) => [`${site}/login.yaml`, secret('canary-copied')] as const);

describe('equal copies of one Secret', () => {
  test('in files are one finding that lists all places', async () => {
    const review = await reviewed(README, Object.fromEntries(COPIES));
    expect(places(review).findings).toEqual(['new asia/login.yaml:5 eu/login.yaml:5 us/login.yaml:5']);
    expect(JSON.parse(renderJson(review))).toMatchObject({
      findings: [
        {
          location: { path: 'asia/login.yaml', startLine: 5, endLine: 5 },
          otherLocations: [
            { path: 'eu/login.yaml', startLine: 5, endLine: 5 },
            { path: 'us/login.yaml', startLine: 5, endLine: 5 },
          ],
        },
      ],
    });
    expect(renderText(review)).toContain('also at eu/login.yaml:5, us/login.yaml:5');
    expect(renderComment(review)).toContain('also at `eu/login.yaml:5`, `us/login.yaml:5`');
  });

  test('of which a path is excepted leave the others', async () => {
    const settings = {
      '.hydrant.yaml': 'exceptions:\n- { rule: secret/*, path: "asia/**", reason: a site of no one }\n',
    };
    const review = await reviewed({ ...README, ...settings }, Object.fromEntries(COPIES));
    expect(places(review)).toEqual({
      findings: ['new eu/login.yaml:5 us/login.yaml:5'],
      excepted: ['new asia/login.yaml:5'],
    });
    expect(review.verdicts.secrets).toBe('failure');
  });

  test('of which the base has one are new where they come', async () => {
    const review = await reviewed(
      { ...README, ...Object.fromEntries(COPIES.slice(0, 1)) },
      Object.fromEntries(COPIES.slice(1)),
    );
    expect(places(review).findings).toEqual(['new asia/login.yaml:5 us/login.yaml:5']);
  });

  test('in renderings are one finding of all targets', async () => {
    const sites = ['eu', 'us'].flatMap((site): [string, string][] => [
      [`${site}/kustomization.yaml`, `namespace: ${site}\nresources: [login.txt]\n`],
      [`${site}/login.txt`, secret('canary-rendered')],
    ]);
    const { findings } = await reviewed(README, Object.fromEntries(sites));
    const secrets = findings.filter(({ rule }) => rule.startsWith('secret/'));
    expect(secrets.map(({ targets }) => targets)).toEqual([['eu', 'us']]);
  });

  test('that differ in name, key or value stay apart', async () => {
    const review = await reviewed(README, {
      'a.yaml': secret('canary-one'),
      'b.yaml': secret('canary-two'),
      'c.yaml': secret('canary-one', 'other'),
      'd.yaml': secret('canary-one', 'login', 'token'),
    });
    expect(places(review).findings).toEqual(['new a.yaml:5', 'new b.yaml:5', 'new c.yaml:5', 'new d.yaml:5']);
  });
});
