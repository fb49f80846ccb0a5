import { createHash } from 'node:crypto';
import type { RenderSource } from '../../model/renderSource.ts';
import type { Target } from '../../model/target.ts';

/**
 * A text that is equal for targets made from the same files with the same inputs, wherever
 * they are applied: the namespace, the release's name and what the cluster can do are left
 * out. Null for what cannot be followed.
 */
export function sourceKey(source: Target['source']): string | null {
  if (source.tool === 'none') return null;
  return createHash('sha256')
    .update(JSON.stringify(inputsOf(source)))
    .digest('base64');
}

function inputsOf(source: RenderSource): object {
  const steps = source.steps?.filter(({ step }) => step !== 'defaultNamespace') ?? [];
  switch (source.tool) {
    case 'kustomize': {
      const { namespace: _, ...edits } = source.edits ?? {};
      return { ...source, edits, steps };
    }
    case 'helm': {
      const {
        namespace: _,
        releaseName: __,
        kubeVersion: ___,
        apiVersions: ____,
        served: _____,
        ...rest
      } = source;
      return { ...rest, steps };
    }
    case 'directory':
    case 'resourceSet':
      return { ...source, steps };
    case 'combined':
      return { tool: 'combined', sources: source.sources.map(inputsOf), steps };
  }
}
