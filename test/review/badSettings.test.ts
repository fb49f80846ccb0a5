import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { CHANGE, others, REPOSITORY, said } from './badInput.ts';
import { reviewed } from './reviewed.ts';

const TYPO = 'kubernetesVersion: "1.37"\ntarget: {}\n';
const UNKNOWN =
  '`.hydrant.yaml` line 2: unknown field `target`; did you mean `targets`? Allowed: `kubernetesVersion`, `gate`, `comment`, `targets`, `policies`, `exceptions`, `schemas`, `repository`, `clusters`, `kustomize`, `flux`, `limits`, `remotes`.';

let control: Review;
beforeAll(async () => {
  control = await reviewed(REPOSITORY, CHANGE);
});

describe('settings of the base branch with a mistake fail the render check; the review goes on', () => {
  test.each([
    ['a typo', TYPO, [`.hydrant.yaml:2 ${UNKNOWN}`]],
    [
      'a value that is not allowed, and one of the wrong type',
      'kubernetesVersion: "1.10"\ntargets:\n  exclude: experiments\n',
      [
        '.hydrant.yaml:1 `.hydrant.yaml` line 1: `kubernetesVersion` is "1.10"; allowed: "1.29", "1.30", "1.31", "1.32", "1.33", "1.34", "1.35", "1.36", "1.37". The nearest is "1.29".',
        '.hydrant.yaml:3 `.hydrant.yaml` line 3: `targets.exclude` must be a list, not text. Example: `exclude: ["experiments/**"]`.',
      ],
    ],
    [
      'no YAML',
      'targets:\n  exclude: [a\n',
      [
        '.hydrant.yaml:2 `.hydrant.yaml` line 2: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. The defaults are used.',
      ],
    ],
  ])('%s', async (_, settings, messages) => {
    const review = await reviewed({ ...REPOSITORY, '.hydrant.yaml': settings }, CHANGE);
    expect(said(review)).toEqual(messages.map((message) => `new error render/settings ${message}`));
    expect(others(review)).toEqual(others(control));
    expect(review.verdicts).toEqual({ ...control.verdicts, render: 'failure' });
  });
});

describe('settings with a typo', () => {
  test('that the pull request introduces are a warning at its line', async () => {
    const review = await reviewed(REPOSITORY, { ...CHANGE, '.hydrant.yaml': TYPO });
    expect(said(review)).toEqual([`new warning render/settings .hydrant.yaml:2 ${UNKNOWN}`]);
    expect(others(review)).toEqual(others(control));
    expect(review.verdicts).toEqual(control.verdicts);
  });

  test('that the pull request mends are a warning without a line, as it has none any more', async () => {
    const mended = { ...CHANGE, '.hydrant.yaml': TYPO.replace('target:', 'targets:') };
    const review = await reviewed({ ...REPOSITORY, '.hydrant.yaml': TYPO }, mended);
    expect(said(review)).toEqual([`new warning render/settings - ${UNKNOWN}`]);
    expect(others(review)).toEqual(others(control));
    expect(review.verdicts).toEqual(control.verdicts);
  });
});
