import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { NamedInput } from '../../model/remoteInputs.ts';
import { GROUPS } from './knownObjects.ts';

/** What a source of Flux has it fetch. */
export function fluxInputs({ resource: { group, kind, manifest } }: FoundObject): NamedInput[] {
  if (group !== GROUPS.source) return [];
  switch (kind) {
    case 'GitRepository': {
      const repository = textAt(manifest, Kind.GitRepository('spec', 'url'));
      return repository === undefined ? [] : [{ kind: 'repository', repository }];
    }
    case 'HelmRepository': {
      const repository = textAt(manifest, Kind.HelmRepository('spec', 'url'));
      return repository === undefined ? [] : [{ kind: 'chart', repository, chart: null }];
    }
    case 'OCIRepository': {
      const repository = textAt(manifest, Kind.OCIRepository('spec', 'url'));
      return repository === undefined ? [] : [{ kind: 'chart', repository, chart: '' }];
    }
    default:
      return [];
  }
}
