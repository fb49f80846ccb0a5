import { entriesAt, filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { Mount } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { isRefusal, possibleMistake, type Refusal, refuse } from '../refusal.ts';
import { copyMount } from './copyMount.ts';
import { FluxKind } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { gitTree } from './gitTree.ts';
import { fullName, GROUPS, namespaceOf, nearest, type Wanted } from './knownObjects.ts';
import { isBootstrap, type Reference, title } from './reference.ts';
import type { SourceTree } from './tree.ts';

/**
 * The files of an ExternalArtifact, where an ArtifactGenerator puts it together of parts of
 * this repository.
 * https://fluxcd.io/flux/components/source/artifactgenerators/
 */
export function artifactTree(context: FluxContext, reference: Reference): SourceTree | Refusal {
  const generator = generatorOf(context, reference);
  const artifact =
    generator === undefined ? undefined : artifactOf(generator.resource.manifest, reference.name);
  if (generator === undefined || artifact === undefined) return missing(context, reference);
  const name = `ArtifactGenerator ${fullName(generator.resource)}`;
  if (
    filledText(generator.resource.manifest, FluxKind.ArtifactGenerator('spec', 'pathPattern')) !== undefined
  ) {
    return refuse(`${name} makes one artifact per folder (\`pathPattern\`), which Hydrant does not follow`);
  }
  const trees: SourceTree[] = [];
  const mounts: Mount[] = [];
  for (const { item: copy } of entriesAt(artifact, ['copy'])) {
    const tree = aliasTree(context, generator, aliasOf(copy));
    // What is copied of the other sources is the commit's all the same.
    if (isRefusal(tree)) return { ...tree, otherRevision: false };
    const mount = copyMount(copy);
    if (isRefusal(mount)) return refuse(`${name}: ${mount.refused}`);
    trees.push(tree);
    mounts.push(mount);
  }
  const [ignore = null, ...others] = new Set(trees.map((tree) => tree.ignore));
  if (others.length > 0) return refuse(`${name} copies from sources that leave out different files`);
  return { mounts, ignore, certain: trees.every(({ certain }) => certain) };
}

/** The ArtifactGenerator that makes an ExternalArtifact; undefined where the repository has none. */
export function generatorOf({ known }: FluxContext, reference: Reference): FoundObject | undefined {
  const generators = known
    .ofKind(GROUPS.extensions, 'ArtifactGenerator')
    .filter(
      ({ resource }) =>
        namespaceOf(resource) === reference.namespace &&
        artifactOf(resource.manifest, reference.name) !== undefined,
    );
  return nearest(reference.from, generators);
}

/** The sources that the repository has of those that a generator copies an artifact from. */
export function copiedSources(context: FluxContext, generator: FoundObject, name: string): FoundObject[] {
  const aliases = entriesAt(artifactOf(generator.resource.manifest, name), ['copy']).map(({ item }) =>
    aliasOf(item),
  );
  return [...new Set(aliases)].flatMap(
    (alias) => context.known.find(generator, wantedBy(generator, sourceCalled(generator, alias))) ?? [],
  );
}

function artifactOf(generator: ManifestObject, name: string): ManifestObject | undefined {
  return entriesAt(generator, FluxKind.ArtifactGenerator('spec', 'artifacts')).find(
    ({ item }) => textAt(item, ['name']) === name,
  )?.item;
}

/** Other controllers make ExternalArtifacts too, so that a name that leads to nothing may still be right. */
function missing({ known }: FluxContext, reference: Reference): Refusal {
  const { from: object, path } = reference;
  const reason = `${title(reference)} is not made of this repository by an ArtifactGenerator in it`;
  if (known.find(object, { group: GROUPS.source, ...reference }) !== undefined) return refuse(reason);
  const notMade = told('no-artifact', {
    artifact: title(reference),
  })`${'artifact'} is made by no ArtifactGenerator in the repository`;
  return refuse(
    reason,
    possibleMistake({ rule: 'flux/reference', object, fieldPath: [...path, 'name'] }, notMade),
  );
}

/** The files of one of a generator's sources. */
function aliasTree(context: FluxContext, generator: FoundObject, alias: string): SourceTree | Refusal {
  const source = sourceCalled(generator, alias);
  const wanted = wantedBy(generator, source);
  const found = context.known.find(generator, wanted);
  const name = `ArtifactGenerator ${fullName(generator.resource)}`;
  if (source === undefined)
    return refuse(`${name} copies from @${alias}, which none of its sources is called`);
  if (wanted.kind !== 'GitRepository' || (found === undefined && !isBootstrap(wanted))) {
    return refuse(`${name} copies from ${title(wanted)}, whose files Hydrant does not have`);
  }
  const tree = gitTree(context, found ?? null);
  if (!isRefusal(tree) && tree.mounts !== null) {
    return refuse(
      `${name} copies from ${title(wanted)}, which is itself put together of parts (\`spec.include\`, \`spec.sparseCheckout\`)`,
    );
  }
  return tree;
}

function aliasOf(copy: ManifestObject): string {
  return /^@([^/]*)\//.exec(textAt(copy, ['from']) ?? '')?.[1] ?? '';
}

function sourceCalled({ resource }: FoundObject, alias: string): ManifestObject | undefined {
  return entriesAt(resource.manifest, FluxKind.ArtifactGenerator('spec', 'sources')).find(
    ({ item }) => textAt(item, ['alias']) === alias,
  )?.item;
}

/** The object that one of a generator's sources names. */
function wantedBy({ resource }: FoundObject, source: ManifestObject | undefined): Wanted {
  return {
    group: GROUPS.source,
    kind: textAt(source, ['kind']) ?? '',
    namespace: filledText(source, ['namespace']) ?? namespaceOf(resource),
    name: textAt(source, ['name']) ?? '',
  };
}
