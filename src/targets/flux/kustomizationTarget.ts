import { filledText, textsAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { keyed } from '../../model/keyedSource.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, valueAt } from '../../model/manifest.ts';
import type { KustomizeSource, RenderStep } from '../../model/renderSource.ts';
import type { Target } from '../../model/target.ts';
import { told } from '../../model/told.ts';
import type { FollowedObject } from '../operator.ts';
import { isRefusal, mistake, mistakesOf, notRendered, type Refusal, refuse } from '../refusal.ts';
import { appliedPlace } from './appliedPlace.ts';
import type { FluxContext } from './fluxContext.ts';
import { folderOf, type TreeFolder } from './folderOf.ts';
import { type Held, heldBack } from './heldBack.ts';
import { identify } from './identity.ts';
import { kustomizationEdits } from './kustomizationEdits.ts';
import { kustomizationRecord } from './kustomizationRecord.ts';
import { inTree } from './otherTree.ts';
import { isIn } from './readFolders.ts';
import { readReference, title } from './reference.ts';
import { sourceTree } from './sourceTree.ts';
import { metadataStep, stepsOf } from './steps.ts';
import { inSubmodule } from './submodule.ts';
import { substitution } from './substitution.ts';
import { pathInTree, type SourceTree } from './tree.ts';

/**
 * What a Kustomization applies.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export async function kustomizationTarget(
  context: FluxContext,
  object: FoundObject,
): Promise<FollowedObject> {
  const { manifest } = object.resource;
  const reference = readReference(object, Kind.Kustomization('spec', 'sourceRef'));
  const tree = await sourceTree(context, reference);
  const held = heldBack(context, reference, tree);
  const path = pathInTree(filledText(manifest, Kind.Kustomization('spec', 'path')) ?? '.');
  if (isRefusal(tree))
    return notFollowed(context, object, {
      refusal: tree,
      path: tree.otherRevision ? path : '.',
      ...held,
    });
  const components = textsAt(manifest, Kind.Kustomization('spec', 'components'));
  const there = inTree(context, tree);
  const folder = await folderOf(there, tree, { path, components });
  const submodule = inSubmodule(there.snapshot, path);
  if (submodule !== null) return notFollowed(context, object, { refusal: submodule, path: '.', ...held });
  if (folder === null) {
    const refusal = noFolder(object, { path, source: title(reference), certain: tree.certain });
    return notFollowed(context, object, { refusal, path: '.', ...held });
  }
  const [own] = folder.folders;
  const identity = identify(object, own, context.settings);
  const { steps, variables, ...remarks } = await substitution(there, object, {
    id: identity.id,
    files: folder.files,
  });
  const isOther = tree.other !== undefined;
  const target = {
    ...identity,
    kind: 'Kustomization',
    path: isOther ? '.' : own,
    source: keyed(renderSource(manifest, tree, { path, steps })),
  } as const;
  const folders = isOther ? [] : await appliedFolders(context, folder);
  const appliesTo = appliedPlace(object, context.settings);
  const record = kustomizationRecord(object, { path: target.path, variables, appliesTo, ...held });
  return { target: { target, record, folders }, ...remarks };
}

/** The path is none of the source's folders; a mistake only where all of the source is known. */
function noFolder(
  object: FoundObject,
  { certain, ...names }: { readonly path: string; readonly source: string; readonly certain: boolean },
): Refusal {
  const reason = told('no-folder', names)`${'path'} is not a folder of ${'source'}`;
  const fieldPath = Kind.Kustomization('spec', 'path');
  const missing = mistake({ rule: 'render/missing-path', object, fieldPath }, reason);
  return refuse(reason.text, certain ? missing : undefined);
}

function renderSource(
  manifest: ManifestObject,
  { other, ignore, mounts }: SourceTree,
  { path, steps }: { readonly path: string; readonly steps: readonly RenderStep[] },
): KustomizeSource {
  return {
    tool: 'kustomize',
    path,
    ...(other !== undefined && { repository: other.repository }),
    generate: true,
    ...editsOf(manifest),
    ...(ignore !== null && { ignore }),
    ...(mounts !== null && { mounts }),
    ...stepsOf([...steps, ...metadataStep(manifest)]),
  };
}

function editsOf(manifest: ManifestObject): Pick<KustomizeSource, 'edits'> {
  const spec = valueAt(manifest, Kind.Kustomization('spec'));
  const edits = isObject(spec) ? kustomizationEdits(spec) : {};
  return Object.keys(edits).length === 0 ? {} : { edits };
}

interface NotFollowed extends Held {
  readonly refusal: Refusal;
  readonly path: string;
}

function notFollowed(
  { snapshot, settings }: FluxContext,
  object: FoundObject,
  { refusal, path, ...held }: NotFollowed,
): FollowedObject {
  const folder = path !== '.' && snapshot.entries.get(path)?.kind === 'directory' ? path : null;
  const target: Target = {
    ...identify(object, folder, settings),
    kind: 'Kustomization',
    path: folder ?? '.',
    source: notRendered(refusal),
  };
  const appliesTo = appliedPlace(object, settings);
  const record = kustomizationRecord(object, { path: target.path, appliesTo, ...held });
  return {
    target: { target, record, folders: [] },
    violations: mistakesOf([refusal], object),
    notValidated: [],
  };
}

/**
 * The folder, and where it has no kustomization of its own those below that have one: Flux
 * takes them in.
 */
async function appliedFolders({ kustomizations }: FluxContext, { folders }: TreeFolder): Promise<string[]> {
  const all = (await kustomizations()).map(({ folder }) => folder);
  const inside = folders.flatMap((folder) =>
    all.includes(folder) ? [] : all.filter((one) => isIn(one, folder) && one !== folder),
  );
  return [...new Set([...folders, ...inside])];
}
