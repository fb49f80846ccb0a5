import { posix } from 'node:path';
import { append } from '../model/append.ts';
import { digestOf } from '../model/digestOf.ts';
import type { Followed, FollowedTarget } from '../model/followed.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { groupBy } from '../model/groupBy.ts';
import type { ManifestValue } from '../model/manifest.ts';
import type { ObjectReference, ReferredPart } from '../model/operatorRecord.ts';
import type { Rendering } from '../model/rendering.ts';
import type { RenderSource } from '../model/renderSource.ts';
import type { Snapshot, TreeEntry } from '../model/snapshot.ts';
import type { NotFollowed } from '../model/target.ts';
import { namedFiles } from '../targets/kustomize/namedFiles.ts';
import { OPERATORS } from '../targets/operators.ts';

/** What is known of a commit when its targets have come to rest. */
interface Known {
  readonly followed: Pick<Followed, 'targets' | 'notValidated'>;
  readonly renderings: readonly Rendering[];
  readonly objects: readonly FoundObject[];
  readonly snapshot: Snapshot;
}

/** Objects by kind and name. */
type ByName = ReadonlyMap<string, readonly FoundObject[]>;

/**
 * For each target that is not rendered, or not wholly, a digest of what decides the part that is
 * missing: its object's fields, the objects and files that those name, and what a render that
 * stopped early would have read. A target whose digests differ is affected, though all that was
 * rendered of it is equal.
 */
export async function unrenderedParts(known: Known): Promise<ReadonlyMap<string, string>> {
  const partly = new Set(known.followed.notValidated.map(({ subject }) => subject));
  const byName = groupBy(known.objects, ({ resource: { kind, name } }) => `${kind}/${name}`);
  const declared = new Map(known.followed.targets.map((followed) => [followed.target.id, followed]));
  const parts = await Promise.all(
    known.renderings
      .filter(({ status, target }) => status === 'failed' || partly.has(target.id))
      .map(async (rendering) => {
        const { id } = rendering.target;
        const facts = await factsOf(rendering, declared.get(id), { byName, snapshot: known.snapshot });
        return [id, digestOf(facts)] as const;
      }),
  );
  return new Map(parts);
}

async function factsOf(
  { status, target }: Rendering,
  followed: FollowedTarget | undefined,
  { byName, snapshot }: { readonly byName: ByName; readonly snapshot: Snapshot },
): Promise<ManifestValue> {
  const { source, path } = target;
  const isElsewhere = source.tool === 'none' && source.otherRevision === true;
  const starts = status === 'failed' && !isElsewhere ? startsOf(source, path) : [];
  if (source.tool === 'none' && starts.length > 0) append(starts, yamlFilesIn(path, snapshot));
  const named = followed === undefined || isElsewhere ? [] : placesOf(followed.record, path);
  const lists = await Promise.all([
    ...starts
      .filter((start) => start !== '.' || source.tool !== 'none')
      .map((start) => namedFiles(snapshot, start)),
    ...named.map((one) => filesBehind(snapshot, one)),
  ]);
  const files = new Map(lists.flat().map((entry) => [entry.path, entry.oid]));
  return [
    Object.fromEntries(files),
    followed === undefined ? null : followed.record.decides,
    followed === undefined ? [] : referredBy(followed.record, byName),
  ];
}

/** A plugin may read what the YAML files of its folder name, as a helmfile does. */
function yamlFilesIn(folder: string, { entries }: Snapshot): string[] {
  // Where the root stands for several sources, nothing of it is known to be read.
  if (folder === '.') return [];
  return [...entries.values()]
    .filter(({ kind, path: file }) => kind === 'file' && /\.ya?ml$/.test(file))
    .map(({ path: file }) => file)
    .filter((file) => posix.dirname(file) === folder);
}

/** Where a render starts to read in the commit. @param path the target's folder. */
function startsOf(source: RenderSource | NotFollowed, path: string): string[] {
  switch (source.tool) {
    case 'none':
      return [path];
    case 'combined':
      return source.sources.flatMap((one) => startsOf(one, path));
    case 'helm': {
      const chart =
        'path' in source.chart && source.chart.repository === undefined ? [source.chart.path] : [];
      const files = source.values.flatMap((layer) =>
        'file' in layer && !layer.repository ? [layer.file] : [],
      );
      return [...chart, ...files.filter((file) => !file.includes('://'))];
    }
    case 'kustomize': {
      const mounted = (source.mounts ?? []).map(({ from }) => from.replace(/\/?[^/]*[*?[{].*$/s, '') || '.');
      return [...(source.repository === undefined ? [source.path] : []), ...mounted];
    }
    case 'resourceSet':
      return [];
    case 'directory':
      return source.repository === undefined ? [source.path] : [];
  }
}

/** What the fields of an object name in the commit. */
function placesOf({ paths, places }: FollowedTarget['record'], folder: string): string[] {
  return [...paths.flatMap(({ files }) => files), ...places, ...(folder === '.' ? [] : [folder])];
}

/** A glob stands for all that is in the folder before its first wildcard. */
async function filesBehind(snapshot: Snapshot, named: string): Promise<readonly TreeEntry[]> {
  const fixed = named.replace(/\/?[^/]*[*?[{].*$/s, '');
  if (fixed === '' && named !== '') return everything(snapshot);
  return fixed === '' || fixed === '.' ? [] : namedFiles(snapshot, fixed);
}

/** What an operator could read of a commit: not the repository's own papers at its root, nor what is hidden there. */
function everything({ entries }: Snapshot): TreeEntry[] {
  return [...entries.values()].filter(
    ({ path, kind }) =>
      kind !== 'directory' && !path.startsWith('.') && (path.includes('/') || /\.(?:ya?ml|json)$/.test(path)),
  );
}

/** What the objects say that a record refers to, and those that these refer to. */
function referredBy({ object, references }: FollowedTarget['record'], byName: ByName): ManifestValue {
  const found = new Map<FoundObject, ManifestValue>();
  const waiting = references.map((reference) => ({ reference, by: object }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { reference, by } = next;
    for (const one of byName.get(`${reference.kind}/${reference.name}`) ?? []) {
      if (found.has(one) || !isReferred(one, reference, by)) continue;
      const part = partOf(one);
      found.set(one, part.decides);
      append(
        waiting,
        part.references.map((further) => ({ reference: further, by: one })),
      );
    }
  }
  return [...found].map(([{ resource }, said]) => [resource.kind, resource.name, said]);
}

function isReferred(
  { resource, cluster }: FoundObject,
  { namespace }: ObjectReference,
  by: FoundObject,
): boolean {
  const wanted = namespace ?? by.resource.namespace;
  const isHere = cluster === null || by.cluster === null || cluster === by.cluster;
  return isHere && (wanted === null || resource.namespace === null || resource.namespace === wanted);
}

/** Of an object that is no operator's, such as a ConfigMap, all but its metadata counts. */
function partOf({ resource }: FoundObject): ReferredPart {
  const said = OPERATORS.map((operator) => operator.referredPart(resource)).find((part) => part !== null);
  if (said !== undefined && said !== null) return said;
  const { metadata: _, status: __, ...contents } = resource.manifest;
  return { decides: contents, references: [] };
}
