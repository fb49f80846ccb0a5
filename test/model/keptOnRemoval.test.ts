import { describe, expect, test } from '@jest/globals';
import {
  ALL_KEEP,
  ARGO_KEEPS,
  FLUX_KEEPS,
  FLUX_OPERATOR_KEEPS,
  HELM_KEEPS,
  type KeepingAnnotation,
  keptOnRemoval,
} from '../../src/model/keptOnRemoval.ts';

const SYNC = 'argocd.argoproj.io/sync-options';
const HELM = 'helm.sh/resource-policy';
const FLUX = 'kustomize.toolkit.fluxcd.io';
const OPERATOR = 'fluxcd.controlplane.io/prune';

function kept(annotations: Record<string, string>, keepers: readonly KeepingAnnotation[], gone = false) {
  return keptOnRemoval({ metadata: { annotations } }, { keepers, gone });
}

describe('a resource stays', () => {
  test.each<[string, string, readonly KeepingAnnotation[], string]>([
    [SYNC, 'Replace=true, Prune=false', ARGO_KEEPS, `${SYNC}: Prune=false`],
    [SYNC, 'Prune=confirm', ARGO_KEEPS, `${SYNC}: Prune=confirm`],
    [HELM, 'Keep', HELM_KEEPS, `${HELM}: keep`],
    [`${FLUX}/prune`, 'Disabled', FLUX_KEEPS, `${FLUX}/prune: disabled`],
    [`${FLUX}/reconcile`, 'disabled', FLUX_KEEPS, `${FLUX}/reconcile: disabled`],
    [OPERATOR, 'disabled', FLUX_OPERATOR_KEEPS, `${OPERATOR}: disabled`],
    [`${FLUX}/prune`, 'disabled', ALL_KEEP, `${FLUX}/prune: disabled`],
  ])('by %s: %s', (name, value, keepers, reason) => {
    expect(kept({ [name]: value }, keepers)).toBe(reason);
  });

  test('by another option where its target goes, of those who tell the two apart', () => {
    const [leaves, goes] = [{ [SYNC]: 'Prune=false' }, { [SYNC]: 'Delete=false' }];
    expect([kept(leaves, ARGO_KEEPS, true), kept(goes, ARGO_KEEPS)]).toEqual([undefined, undefined]);
    expect(kept(goes, ARGO_KEEPS, true)).toBe(`${SYNC}: Delete=false`);
    expect([kept(leaves, ALL_KEEP, true), kept(goes, ALL_KEEP)]).not.toContain(undefined);
  });

  test('by no annotation that its operator does not read', () => {
    expect(kept({ [HELM]: 'keep', [SYNC]: 'Prune=false' }, FLUX_KEEPS)).toBeUndefined();
    expect(kept({ [`${FLUX}/prune`]: 'disabled' }, [...ARGO_KEEPS, ...HELM_KEEPS])).toBeUndefined();
    expect(kept({ [HELM]: 'keep' }, [])).toBeUndefined();
  });
});
