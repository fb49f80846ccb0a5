import { digestOf } from '../model/digestOf.ts';
import type { Followed, FollowedTarget } from '../model/followed.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { groupBy } from '../model/groupBy.ts';
import { isObject, type ManifestObject, type ManifestValue, textAt } from '../model/manifest.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Rendering } from '../model/rendering.ts';
import type { RenderSource } from '../model/renderSource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { namedFiles } from '../targets/kustomize/namedFiles.ts';

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
  const starts = status === 'failed' ? (source.tool === 'none' ? [path] : startsOf(source)) : [];
  const named = followed === undefined ? [] : pathsIn(followed.record, path);
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

/** Where a render starts to read in the commit. */
function startsOf(source: RenderSource): string[] {
  switch (source.tool) {
    case 'combined':
      return source.sources.flatMap(startsOf);
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

/** Paths in the fields of an object. */
function pathsIn({ decides, paths }: Pick<OperatorRecord, 'decides' | 'paths'>, folder: string): string[] {
  return [...paths.flatMap(({ files }) => files), ...foldersIn(decides), ...(folder === '.' ? [] : [folder])];
}

function foldersIn(value: ManifestValue): string[] {
  if (Array.isArray(value)) return value.flatMap(foldersIn);
  if (!isObject(value)) return [];
  const own = ['path', 'chart'].flatMap((field) => textAt(value, [field]) ?? []);
  return [...own.filter((text) => text.includes('/')), ...Object.values(value).flatMap(foldersIn)].map(
    (text) => text.replace(/^(?:\.?\/)+/, ''),
  );
}

/** A glob stands for all that is in the folder before its first wildcard. */
async function filesBehind(snapshot: Snapshot, named: string) {
  const fixed = named.replace(/\/?[^/]*[*?[{].*$/s, '');
  return fixed === '' || fixed === '.' ? [] : namedFiles(snapshot, fixed);
}

/** What the objects say that a record's fields refer to by kind and name, and those that these refer to. */
function referredBy(
  { object, decides }: Pick<OperatorRecord, 'object' | 'decides'>,
  byName: ByName,
): ManifestValue {
  const found = new Map<FoundObject, ManifestValue>();
  const waiting: ManifestValue[] = [decides];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reference of referencesIn(next)) {
      for (const one of byName.get(`${reference.kind}/${reference.name}`) ?? []) {
        if (found.has(one) || !isReferred(one, reference, object)) continue;
        const said = contentOf(one.resource.manifest);
        found.set(one, said);
        waiting.push(said);
      }
    }
  }
  return [...found].map(([{ resource }, said]) => [resource.kind, resource.name, said]);
}

interface Reference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

function referencesIn(value: ManifestValue): Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const [kind, name] = [textAt(value, ['kind']), textAt(value, ['name'])];
  const own =
    kind === undefined || name === undefined ? [] : [{ kind, name, namespace: textAt(value, ['namespace']) }];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

function isReferred({ resource, cluster }: FoundObject, { namespace }: Reference, by: FoundObject): boolean {
  const wanted = namespace ?? by.resource.namespace;
  const isHere = cluster === null || by.cluster === null || cluster === by.cluster;
  return isHere && (wanted === null || resource.namespace === null || resource.namespace === wanted);
}

/** When a source is looked at again decides nothing. */
const TIMES = ['interval', 'timeout', 'suspend'];

function contentOf(manifest: ManifestObject): ManifestValue {
  const entries = Object.entries(manifest).filter(([field]) => field !== 'metadata' && field !== 'status');
  return Object.fromEntries(
    entries.map(([field, value]) => {
      if (field !== 'spec' || !isObject(value)) return [field, value];
      return [field, Object.fromEntries(Object.entries(value).filter(([name]) => !TIMES.includes(name)))];
    }),
  );
}
