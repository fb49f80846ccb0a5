import type { ManifestObject } from '../../model/manifest.ts';
import type { RenderStep } from '../../model/renderSource.ts';
import { commonMetadata } from './commonMetadata.ts';

/** Labels and annotations on every resource, of a Kustomization or HelmRelease. */
export function metadataStep(manifest: ManifestObject): Extract<RenderStep, { readonly step: 'metadata' }>[] {
  const { labels = {}, annotations = {} } = commonMetadata(manifest) ?? {};
  const given = {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
  return Object.keys(given).length === 0 ? [] : [{ step: 'metadata', ...given }];
}

/** Equal sources are equal text: what does nothing is not said. */
export function stepsOf(steps: readonly RenderStep[]): { readonly steps?: readonly RenderStep[] } {
  return steps.length === 0 ? {} : { steps };
}
