import { field, type SourceFile, textField } from '../../dialects/sourceFile.ts';
import { patchesOf, patchSource } from '../../locate/patches.ts';
import type { ResourceId } from '../../model/resource.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/**
 * What a kustomization deletes by patches of its own that name one resource. It was there
 * before: kustomize refuses such a patch for a resource that is not.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/builtins/PatchTransformer.go
 */
export async function deletedByPatches(file: SourceFile, snapshot: Snapshot): Promise<ResourceId[]> {
  const [document] = file.documents;
  if (document === undefined) return [];
  const untargeted = patchesOf(document).filter((patch) => field(patch, 'target') === undefined);
  const sources = await Promise.all(
    untargeted.map((patch) => patchSource({ file, document }, patch, snapshot)),
  );
  return sources
    .flatMap((source) => source?.documents ?? [])
    .filter(({ contents }) => textField(contents, '$patch') === 'delete')
    .map(({ contents }) => identify(contents));
}

function identify(patch: unknown): ResourceId {
  const [version = '', group = ''] = (textField(patch, 'apiVersion') ?? '').split('/').toReversed();
  const metadata = field(patch, 'metadata');
  return {
    group,
    version,
    kind: textField(patch, 'kind') ?? '',
    namespace: textField(metadata, 'namespace') ?? null,
    name: textField(metadata, 'name') ?? '',
  };
}
