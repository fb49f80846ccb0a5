import {
  type Heeded,
  heededAnnotations,
  heededOptions,
  isForced,
  type ReadAnnotation,
} from '../model/heeded.ts';
import { type ManifestObject, textAt, valueAt } from '../model/manifest.ts';
import type { Removal } from '../model/removal.ts';
import type { Change } from '../model/review.ts';

/** A resource at both commits, and whose annotations count for it. */
interface Applied {
  readonly base: ManifestObject | null;
  readonly head: ManifestObject | null;
  readonly heeds: readonly Heeded[];
}

/**
 * What an operator does with a resource that its difference does not show, told by the
 * annotations that it heeds: a hook is run rather than kept.
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 * - https://helm.sh/docs/topics/charts_hooks/
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources
 */
export function effectsOf(change: Change['change'], { base, head, heeds }: Applied): string[] {
  const manifest = head ?? base;
  if (manifest === null) return [];
  return [
    ...hookOf(heededAnnotations(manifest, heeds)),
    ...(change === 'removed' ? [] : applyOf(manifest, heeds)),
    ...waveOf(change, { base, head, heeds }),
    ...pauseOf(base, head),
  ];
}

/** A Deployment or Rollout that is paused keeps its Pods as they are. */
function pauseOf(base: ManifestObject | null, head: ManifestObject | null): string[] {
  const isPaused = (manifest: ManifestObject | null) =>
    manifest !== null &&
    ['Deployment', 'Rollout'].includes(textAt(manifest, ['kind']) ?? '') &&
    valueAt(manifest, ['spec', 'paused']) === true;
  if (isPaused(head)) return ['does not roll out: it is paused'];
  return isPaused(base) && head !== null ? ['resumed: all that has gathered rolls out'] : [];
}

function hookOf(annotation: ReadAnnotation): string[] {
  const argo = annotation('Argo CD', 'hook');
  const helm = annotation('Helm', 'hook');
  if (argo === 'Skip') return ['skipped by Argo CD: it is not applied'];
  if (argo !== undefined) return [`a ${argo} hook of Argo CD: it is run at a sync, and not kept`];
  // A chart's CRDs and its hooks are told by the same annotation; the former are kept.
  if (helm === undefined || helm === 'crd-install') return [];
  const events = helm.split(',').map((event) => event.trim());
  return [`a ${helm} hook of Helm: it is run${events.every(isTest) ? ' by tests alone' : ''}, and not kept`];
}

/** `helm test`, or `spec.test` of a HelmRelease; Argo CD never runs them. */
function isTest(event: string): boolean {
  return ['test', 'test-success', 'test-failure'].includes(event);
}

/** What becomes of a removed resource, where that is not plainly that it is deleted. */
export function effectOfRemoval({ fate, reason }: Removal): string[] {
  if (reason === null) return [];
  return [
    fate === 'kept' ? `stays in the cluster: ${reason}` : `whether it is deleted is not known: ${reason}`,
  ];
}

function applyOf(manifest: ManifestObject, heeds: readonly Heeded[]): string[] {
  const annotation = heededAnnotations(manifest, heeds);
  const ssa = annotation('Flux', 'ssa');
  const isReplaced = heededOptions(manifest, heeds).has('Replace=true');
  return [
    ...(isReplaced ? ['replaced as a whole, not patched: Replace=true'] : []),
    ...(isForced(manifest, heeds) ? ['deleted and made anew where it cannot be patched'] : []),
    ...(annotation('Flux', 'reconcile') === 'disabled' || ssa === 'Ignore' ? ['not applied by Flux'] : []),
    ...(annotation('Flux Operator', 'reconcile') === 'disabled' ? ['not applied by the Flux Operator'] : []),
    ...(ssa === 'IfNotPresent' ? ['applied only where the cluster has none'] : []),
  ];
}

/** Mentions the order of a sync only where the pull request changes it. */
function waveOf(change: Change['change'], { base, head, heeds }: Applied): string[] {
  const wave = (manifest: ManifestObject | null) =>
    heededAnnotations(manifest ?? {}, heeds)('Argo CD', 'sync-wave') ?? '0';
  const [before, after] = [wave(base), wave(head)];
  if (change === 'added' && after !== '0') return [`in sync wave ${after}`];
  return change === 'changed' && before !== after ? [`moves from sync wave ${before} to ${after}`] : [];
}
