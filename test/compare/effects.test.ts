import { describe, expect, test } from '@jest/globals';
import { effectOfRemoval, effectsOf } from '../../src/compare/effects.ts';
import { ANY_HEEDED, type Heeded } from '../../src/model/heeded.ts';
import type { ManifestObject } from '../../src/model/manifest.ts';

function annotated(annotations: Record<string, string>): ManifestObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', annotations } };
}

const SYNC = 'argocd.argoproj.io/sync-options';

const REPLACED = 'replaced as a whole, not patched: Replace=true';
const FORCED = 'deleted and made anew where it cannot be patched';

/** Those of a folder that nobody is known to apply. */
const heeds = ANY_HEEDED;

describe('what a diff does not show', () => {
  test.each<[Record<string, string>, string[]]>([
    [
      { 'argocd.argoproj.io/hook': 'PostSync' },
      ['a PostSync hook of Argo CD: it is run at a sync, and not kept'],
    ],
    [{ 'helm.sh/hook': 'pre-install' }, ['a pre-install hook of Helm: it is run, and not kept']],
    [{ 'helm.sh/hook': 'test' }, ['a test hook of Helm: it is run by tests alone, and not kept']],
    [
      { 'helm.sh/hook': 'post-install, test' },
      ['a post-install, test hook of Helm: it is run, and not kept'],
    ],
    [{ [SYNC]: 'PruneLast=true, Replace=true' }, ['replaced as a whole, not patched: Replace=true']],
    [
      { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
      ['deleted and made anew where it cannot be patched'],
    ],
    [{ 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }, ['applied only where the cluster has none']],
    [{ 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }, ['not applied by Flux']],
    [{ [SYNC]: 'Prune=false' }, []],
    [{}, []],
  ])('of a changed resource with %j', (annotations, effects) => {
    const manifest = annotated(annotations);
    expect(effectsOf('changed', { base: manifest, head: manifest, heeds })).toEqual(effects);
  });

  test.each<[Heeded[], string[]]>([
    [
      ['Argo CD', 'Helm'],
      ['a PostSync hook of Argo CD: it is run at a sync, and not kept', REPLACED, FORCED],
    ],
    [['Helm'], ['a pre-install hook of Helm: it is run, and not kept']],
    [['Flux'], ['not applied by Flux']],
    [['Flux Operator'], [FORCED, 'not applied by the Flux Operator']],
    [[], []],
  ])('is told by what %j heed alone', (of, effects) => {
    const head = annotated({
      'argocd.argoproj.io/hook': 'PostSync',
      [SYNC]: 'Replace=true,Force=true',
      'helm.sh/hook': 'pre-install',
      'kustomize.toolkit.fluxcd.io/reconcile': 'disabled',
      'fluxcd.controlplane.io/force': 'Enabled',
      'fluxcd.controlplane.io/reconcile': 'disabled',
    });
    expect(effectsOf('changed', { base: head, head, heeds: of })).toEqual(effects);
  });

  test('of a Deployment that is paused, or no longer', () => {
    const deployment = (spec: object) => ({ kind: 'Deployment', metadata: { name: 'a' }, spec: { ...spec } });
    const [paused, running] = [deployment({ paused: true }), deployment({})];
    expect(effectsOf('changed', { base: paused, head: paused, heeds })).toEqual([
      'does not roll out: it is paused',
    ]);
    expect(effectsOf('changed', { base: paused, head: running, heeds })).toEqual([
      'resumed: all that has gathered rolls out',
    ]);
    expect(effectsOf('removed', { base: paused, head: null, heeds })).toEqual([]);
    expect(effectsOf('changed', { base: running, head: running, heeds })).toEqual([]);
  });

  test('of a removed resource that stays, or of which nobody can tell', () => {
    expect(effectOfRemoval({ fate: 'deleted', reason: null })).toEqual([]);
    expect(effectOfRemoval({ fate: 'unknown', reason: null })).toEqual([]);
    expect(effectOfRemoval({ fate: 'kept', reason: 'x does not prune' })).toEqual([
      'stays in the cluster: x does not prune',
    ]);
    expect(effectOfRemoval({ fate: 'unknown', reason: 'nothing applies x' })).toEqual([
      'whether it is deleted is not known: nothing applies x',
    ]);
  });

  test('of a sync wave that is new or another one', () => {
    const wave = annotated({ 'argocd.argoproj.io/sync-wave': '5' });
    expect(effectsOf('added', { base: null, head: wave, heeds })).toEqual(['in sync wave 5']);
    expect(effectsOf('added', { base: null, head: wave, heeds: ['Flux', 'Helm'] })).toEqual([]);
    expect(effectsOf('changed', { base: annotated({}), head: wave, heeds })).toEqual([
      'moves from sync wave 0 to 5',
    ]);
    expect(effectsOf('changed', { base: wave, head: wave, heeds })).toEqual([]);
  });
});
