import type { FoundObject } from '../../model/foundObject.ts';
import { textAt } from '../../model/manifest.ts';
import type { Target } from '../../model/target.ts';

/**
 * The namespace that all resources of a target stand in, where that can be told without
 * rendering it: a chart's release stays in its own, all but always. Null where it cannot.
 */
export function confinedTo({ kind, source }: Target, object: FoundObject | undefined): string | null {
  if (source.tool === 'helm' && source.namespace !== '') return source.namespace;
  if (object === undefined) return null;
  const { manifest, namespace } = object.resource;
  const filled = (path: readonly string[]) => textAt(manifest, path) || null;
  switch (kind) {
    case 'HelmRelease':
      return filled(['spec', 'targetNamespace']) ?? namespace;
    case 'Application':
      return filled(['spec', 'source', 'chart']) === null
        ? null
        : filled(['spec', 'destination', 'namespace']);
    case 'Kustomization':
      return filled(['spec', 'targetNamespace']);
    case 'kustomize':
    case 'helm':
      return null;
  }
}
