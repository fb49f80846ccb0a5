import { entriesAt } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { GROUPS, namespaceOf } from './knownObjects.ts';
import { findSource, readReference } from './reference.ts';

/** Says of references between sources, and of image automations, that lead to nothing. */
export function checkSources(context: FluxContext): void {
  const { known } = context;
  for (const chart of known.ofKind(GROUPS.source, 'HelmChart')) {
    findSource(context, readReference(chart, ['spec', 'sourceRef']));
  }
  for (const automation of known.ofKind(GROUPS.image, 'ImageUpdateAutomation')) {
    findSource(context, { ...readReference(automation, ['spec', 'sourceRef']), kind: 'GitRepository' });
  }
  for (const repository of known.ofKind(GROUPS.source, 'GitRepository')) {
    for (const { index } of entriesAt(repository.resource.manifest, ['spec', 'include'])) {
      const reference = readReference(repository, ['spec', 'include', index, 'repository']);
      const namespace = namespaceOf(repository.resource);
      findSource(context, { ...reference, kind: 'GitRepository', namespace });
    }
  }
  for (const generator of known.ofKind(GROUPS.extensions, 'ArtifactGenerator')) {
    for (const { index } of entriesAt(generator.resource.manifest, ['spec', 'sources'])) {
      findSource(context, readReference(generator, ['spec', 'sources', index]));
    }
  }
}
