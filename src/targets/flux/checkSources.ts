import { entriesAt } from '../../model/fields.ts';
import type { ObjectViolation } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { FluxKind } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { GROUPS, namespaceOf } from './knownObjects.ts';
import { findSource, missingSource, type Reference, readReference } from './reference.ts';

/** What is wrong with references between sources, and of image automations: those that lead to nothing. */
export function checkSources(context: FluxContext): ObjectViolation[] {
  return referencesIn(context).flatMap((reference) => {
    const missing = findSource(context, reference) === undefined ? missingSource(reference) : undefined;
    return missing ?? [];
  });
}

function referencesIn({ known }: FluxContext): Reference[] {
  const charts = known
    .ofKind(GROUPS.source, 'HelmChart')
    .map((chart) => readReference(chart, Kind.HelmChart('spec', 'sourceRef')));
  const automations = known
    .ofKind(GROUPS.image, 'ImageUpdateAutomation')
    .map((automation) => readReference(automation, Kind.ImageUpdateAutomation('spec', 'sourceRef')))
    .map((reference) => ({ ...reference, kind: 'GitRepository' }));
  const included = known.ofKind(GROUPS.source, 'GitRepository').flatMap((repository) => {
    const namespace = namespaceOf(repository.resource);
    return entriesAt(repository.resource.manifest, Kind.GitRepository('spec', 'include')).map(
      ({ index }) => ({
        ...readReference(repository, Kind.GitRepository('spec', 'include', index, 'repository')),
        kind: 'GitRepository',
        namespace,
      }),
    );
  });
  const copied = known
    .ofKind(GROUPS.extensions, 'ArtifactGenerator')
    .flatMap((generator) =>
      entriesAt(generator.resource.manifest, FluxKind.ArtifactGenerator('spec', 'sources')).map(({ index }) =>
        readReference(generator, FluxKind.ArtifactGenerator('spec', 'sources', index)),
      ),
    );
  return [...charts, ...automations, ...included, ...copied];
}
