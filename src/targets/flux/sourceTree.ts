import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { sameRepository } from '../sameRepository.ts';
import { artifactTree } from './artifactTree.ts';
import type { FluxContext } from './fluxContext.ts';
import { gitTree } from './gitTree.ts';
import { otherTree } from './otherTree.ts';
import { findSource, isBootstrap, missingSource, type Reference, title } from './reference.ts';
import type { SourceTree } from './tree.ts';

/**
 * The files of the source that is referred to: a GitRepository of this repository or one that
 * the settings allow to be fetched, or an artifact made of this one. Refused where neither is there, and a reference to nothing is a mistake.
 */
export async function sourceTree(context: FluxContext, reference: Reference): Promise<SourceTree | Refusal> {
  if (reference.kind === 'ExternalArtifact') return artifactTree(context, reference);
  const source = findSource(context, reference);
  if (reference.kind === 'GitRepository' && (source !== undefined || isBootstrap(reference))) {
    const url = textAt(source?.resource.manifest, Kind.GitRepository('spec', 'url')) ?? '';
    if (source !== undefined && sameRepository(url, context) === false) return otherTree(context, source);
    return gitTree(context, source ?? null);
  }
  if (source === undefined) {
    const reason = `${title(reference)} is not in the repository, so nobody knows what it holds`;
    return refuse(reason, missingSource(reference));
  }
  const { manifest } = source.resource;
  const address =
    textAt(manifest, Kind.GitRepository('spec', 'url')) ?? textAt(manifest, Kind.Bucket('spec', 'endpoint'));
  return refuse(
    `${title(reference)} holds what was uploaded to ${address ?? 'a server'}, not the files of a commit; ` +
      'where those come from this repository, they are reviewed where they stand in it',
  );
}
