import { describe, expect, test } from '@jest/globals';
import { toCheckOutput } from '../../src/report/checkOutput.ts';
import { renderComment } from '../../src/report/comment.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  prts: 1\n  ports: [{port: 80}]\n';
const FILES: TestFiles = {
  'app/kustomization.yaml': 'resources: [service.yaml]\n',
  'app/service.yaml': SERVICE,
  'other/kustomization.yaml': 'resources: [service.yaml]\n',
  'other/service.yaml': SERVICE,
};
const ALL: TestFiles = { ...FILES, '.hydrant.yaml': 'gate: all\n' };
const TOUCH: TestFiles = {
  'app/kustomization.yaml': 'resources: [service.yaml, account.yaml]\n',
  'app/account.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n',
};

describe('an existing error', () => {
  test('fails nothing by default', async () => {
    const review = await reviewed(FILES, TOUCH);
    expect(review.findings.map(({ status }) => status)).toEqual(['existing']);
    expect(review).toMatchObject({ verdict: 'success', gate: 'new' });
    expect(toCheckOutput(review, 'schemas')).toMatchObject({ conclusion: 'success', annotations: [] });
    expect(renderText(review)).toContain('1 existing');
  });

  test('fails its check where the settings of the base say so, and only in what is affected', async () => {
    const review = await reviewed(ALL, TOUCH);
    expect(review.findings.map(({ targets }) => targets)).toEqual([['app']]);
    expect(review).toMatchObject({
      verdict: 'failure',
      verdicts: { schemas: 'failure', policies: 'success' },
    });
    const check = toCheckOutput(review, 'schemas');
    expect(check).toMatchObject({ conclusion: 'failure', title: '1 existing error in 1 of 2 targets' });
    expect(check.annotations).toMatchObject([
      { path: 'app/service.yaml', start_line: 6, annotation_level: 'failure' },
    ]);
    expect(check.annotations[0]?.message).toContain('did you mean ports? (existing)');
    expect(renderText(review)).toContain('failure: 1 existing error');
    expect(renderComment(review)).toContain('Hydrant: 1 existing error');
    expect(JSON.parse(renderJson(review))).toMatchObject({ gate: 'all', verdict: 'failure' });
  });

  test('is not let through by settings of the head', async () => {
    const review = await reviewed(ALL, { ...TOUCH, '.hydrant.yaml': 'gate: new\n' });
    expect(review.verdict).toBe('failure');
  });

  test('that goes is thanked for', async () => {
    const review = await reviewed(ALL, { 'app/service.yaml': SERVICE.replace('  prts: 1\n', '') });
    expect(review.verdict).toBe('success');
    for (const text of [
      renderText(review),
      renderComment(review),
      toCheckOutput(review, 'schemas').summary,
    ]) {
      expect(text).toContain('Thank you: it fixes 1 finding.');
    }
  });
});

test('a target that could not be rendered at the base is called so in JSON', async () => {
  const broken = { ...FILES, 'app/kustomization.yaml': 'resources: [gone.yaml]\n' };
  const { targets } = JSON.parse(renderJson(await reviewed(broken, FILES)));
  expect(targets).toMatchObject([
    { id: 'app', status: 'rendered', baseFailed: true },
    { id: 'other', status: 'rendered' },
  ]);
  expect(targets[1]).not.toHaveProperty('baseFailed');
});
