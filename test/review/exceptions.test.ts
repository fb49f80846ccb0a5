import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderText } from '../../src/report/text.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const POLICY = `package main

deny contains "no ConfigMap may be here" if input.kind == "ConfigMap"

deny_named contains msg if {
	input.kind == "ConfigMap"
	msg := sprintf("%s has no team", [input.metadata.name])
	not input.metadata.labels.team
}

exception contains ["named"] if input.metadata.annotations.exempt == "yes"
`;

function config(name: string, annotations = '{}'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  annotations: ${annotations}\n`;
}

const BASE: TestFiles = {
  'policies/main.rego': POLICY,
  'apps/web/kustomization.yaml': 'namespace: web\nresources: []\n',
  'apps/db/kustomization.yaml': 'namespace: db\nresources: []\n',
};

const CHANGE: TestFiles = {
  'apps/web/kustomization.yaml': 'namespace: web\nresources: [c.yaml]\n',
  'apps/web/c.yaml': config('c'),
  'apps/db/kustomization.yaml': 'namespace: db\nresources: [c.yaml]\n',
  'apps/db/c.yaml': config('c'),
};

function settings(...exceptions: string[]): TestFiles {
  return { '.hydrant.yaml': `exceptions:\n${exceptions.map((one) => `- ${one}\n`).join('')}` };
}

function brief({ findings }: Pick<Review, 'findings'>): string[] {
  return findings.map(({ status, severity, rule, location, targets }) => {
    const place = location === null ? '-' : `${location.path}:${location.startLine}`;
    return `${status} ${severity} ${rule} ${place} ${targets.join()}`;
  });
}

function excepted({ excepted: findings }: Review): string[] {
  return findings.map(({ rule, targets, exception: { source, reason, expires } }) =>
    [rule, targets.join(), source, reason, expires].join(' | '),
  );
}

describe('an exception of the settings', () => {
  test.each<[string, string, string[]]>([
    [
      'by rule and resource',
      '{ rule: main/deny, resource: ConfigMap/c, reason: known }',
      ['db deny', 'web deny'],
    ],
    [
      'by namespace',
      '{ rule: main/*, resource: web/ConfigMap/*, reason: known }',
      ['web deny', 'web deny_named'],
    ],
    ['by file', '{ rule: main/deny, path: apps/web/*.yaml, reason: known }', ['web deny']],
    ['by folder', '{ rule: main/deny, path: "apps/db/**", reason: known }', ['db deny']],
    ["by the target's folder alone", '{ rule: main/deny, path: apps/db, reason: known }', ['db deny']],
    ['by target', '{ rule: "*/deny", target: "*/web", reason: known }', ['web deny']],
    [
      'by any of the rest',
      '{ rule: "*/*", reason: known }',
      ['db deny', 'db deny_named', 'web deny', 'web deny_named'],
    ],
    ['for another kind', '{ rule: main/*, resource: Secret/c, reason: known }', []],
    ['for another rule', '{ rule: main/den, reason: known }', []],
    ['for another path', '{ rule: main/*, path: app, reason: known }', []],
  ])('%s takes out what it is made for, and nothing else', async (_, exception, expected) => {
    const review = await reviewed({ ...BASE, ...settings(exception) }, CHANGE);
    const out = review.excepted.flatMap(({ rule, targets }) =>
      targets.map((target) => `${target.slice('apps/'.length)} ${rule.slice('main/'.length)}`),
    );
    expect(out.toSorted()).toEqual(expected);
    const all = ['db deny', 'db deny_named', 'web deny', 'web deny_named'];
    const counted = review.findings.flatMap(({ rule, targets }) =>
      targets.map((target) => `${target.slice('apps/'.length)} ${rule.slice('main/'.length)}`),
    );
    expect(counted.toSorted()).toEqual(all.filter((one) => !expected.includes(one)));
    expect(review.verdicts.policies).toBe(expected.length === all.length ? 'success' : 'failure');
  });

  test('is listed with its reason, its line and its last day', async () => {
    const review = await reviewed(
      {
        ...BASE,
        ...settings(
          '{ rule: main/deny_named, reason: unused }',
          '{ rule: "main/*", reason: moved in spring, expires: 2999-03-31 }',
        ),
      },
      CHANGE,
    );
    expect(excepted(review)).toEqual([
      'main/deny_named | apps/db | .hydrant.yaml line 2 | unused | ',
      'main/deny_named | apps/web | .hydrant.yaml line 2 | unused | ',
      'main/deny | apps/db | .hydrant.yaml line 3 | moved in spring | 2999-03-31',
      'main/deny | apps/web | .hydrant.yaml line 3 | moved in spring | 2999-03-31',
    ]);
    expect(renderText(review)).toContain(
      'excepted: moved in spring (.hydrant.yaml line 3, until 2999-03-31)',
    );
    expect(renderText(review)).toContain('; 4 findings excepted');
    expect(renderComment(review)).toContain('4 excepted findings');
    expect(renderComment(review)).toContain('✅ `hydrant/policies` passed (4 excepted)');
  });

  test('that has expired is a finding at its line, and what it was made for counts again', async () => {
    const review = await reviewed(
      {
        ...BASE,
        ...settings(
          '{ rule: main/deny, reason: for a while, expires: 2001-01-01 }',
          '{ rule: other/rule, reason: for a while, expires: 2001-01-01 }',
        ),
      },
      CHANGE,
    );
    expect(excepted(review)).toEqual([]);
    expect(brief(review).filter((line) => line.includes('expired'))).toEqual([
      'new warning settings/expired-exception .hydrant.yaml:2 ',
      'existing warning settings/expired-exception .hydrant.yaml:3 ',
    ]);
    expect(review.findings.find(({ rule }) => rule === 'settings/expired-exception')?.message).toBe(
      '`.hydrant.yaml` line 2: the exception from main/deny (for a while) expired on 2001-01-01; remove it, or give it a later day. What it was made for counts again.',
    );
    expect(review.verdicts).toMatchObject({ render: 'success', policies: 'failure' });
  });

  test('counts only on the base branch', async () => {
    const review = await reviewed(BASE, { ...CHANGE, ...settings('{ rule: main/*, reason: I say so }') });
    expect(excepted(review)).toEqual([]);
    expect(review.verdicts.policies).toBe('failure');
  });

  test('that is not sound excepts nothing', async () => {
    const review = await reviewed(
      { ...BASE, ...settings('{ rule: main/*, resorce: ConfigMap/none, reason: mistyped }') },
      CHANGE,
    );
    expect(excepted(review)).toEqual([]);
    expect(review.findings.map(({ rule }) => rule)).toContain('render/settings');
    expect(review.verdicts.policies).toBe('failure');
  });

  test.each([
    ['*/*', ['secret/plain-secret']],
    ['s*/*', ['secret/plain-secret']],
    ['secret/*', []],
    ['secret/plain-secret', []],
  ])('of %s leaves %j of a Secret', async (rule, left) => {
    const review = await reviewed(
      { ...BASE, ...settings(`{ rule: "${rule}", reason: a test }`) },
      {
        'apps/web/kustomization.yaml': 'namespace: web\nresources: [s.yaml]\n',
        'apps/web/s.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: canary-excepted }\n',
      },
    );
    const rules = review.findings.map((finding) => finding.rule);
    expect(rules.filter((one) => one.startsWith('secret/'))).toEqual(left);
  });

  test('never takes out what keeps Hydrant from judging', async () => {
    const review = await reviewed(
      {
        ...BASE,
        'policies/b.rego': 'package b\n\ndeny contains {',
        ...settings('{ rule: "*/*", reason: all }'),
      },
      { 'apps/web/kustomization.yaml': 'namespace: web\nresources: [missing.yaml]\n' },
    );
    expect(review.findings.map(({ rule }) => rule)).toEqual(['render/missing-file', 'policy/compile']);
  });
});

describe('an exception of a policy', () => {
  const EXEMPT: TestFiles = { ...CHANGE, 'apps/web/c.yaml': config('c', '{ exempt: "yes" }') };

  test('takes out the rules that it names, for the resource that it is asked with', async () => {
    const review = await reviewed(BASE, EXEMPT);
    expect(excepted(review)).toEqual(['main/deny_named | apps/web | data.main.exception |  | ']);
    expect(brief(review).map((line) => line.replace(/:\d+/, ''))).toEqual([
      'new error main/deny apps/db/c.yaml apps/db',
      'new error main/deny_named apps/db/c.yaml apps/db',
      'new error main/deny apps/web/c.yaml apps/web',
    ]);
  });

  test('that is taken away brings a new finding', async () => {
    const review = await reviewed({ ...BASE, ...EXEMPT }, { 'apps/web/c.yaml': config('c') });
    expect(brief(review).map((line) => line.replace(/:\d+/, ''))).toEqual([
      'new error main/deny_named apps/web/c.yaml apps/web',
      'existing error main/deny apps/web/c.yaml apps/web',
    ]);
    expect(review.verdicts.policies).toBe('failure');
  });
});
