import { keyed } from '../../src/model/keyedSource.ts';
import type { RenderedTarget } from '../../src/model/rendering.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { Target, TargetKind } from '../../src/model/target.ts';

const KINDS = {
  kustomize: true,
  helm: true,
  Application: true,
  Kustomization: true,
  HelmRelease: true,
  ResourceSet: true,
  FluxInstance: true,
} as const satisfies Record<TargetKind, true>;

/** All kinds of targets: the compiler asks for one that is missing. */
export const TARGET_KINDS: readonly string[] = Object.keys(KINDS);

/** A folder with plain files that an Application applies, but for the given fields. */
export function target(fields: Partial<Target> = {}): Target {
  const { id = 'web', path = id } = fields;
  const source = keyed({ tool: 'directory', path, recurse: false });
  return { id, kind: 'Application', path, cluster: null, environment: null, source, ...fields };
}

/** Its rendering, with these resources. */
export function rendered(fields: Partial<Target>, resources: readonly Resource[]): RenderedTarget {
  return { status: 'rendered', target: target(fields), trace: [], resources };
}
