import path from 'node:path';
import { pathspecMatcher } from '../../../dialects/glob.ts';
import { isJsonnet } from '../../../dialects/jsonnetImports.ts';
import { digestOf } from '../../../model/digestOf.ts';
import { CHART_FILE, KUSTOMIZATION_FILES } from '../../../model/entryFiles.ts';
import { objectsAt, textsAt } from '../../../model/fields.ts';
import type { FoundObject } from '../../../model/foundObject.ts';
import { Kind } from '../../../model/kinds.ts';
import { isObject, type ManifestObject, type ManifestValue, textAt } from '../../../model/manifest.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import type { FollowContext } from '../../followContext.ts';
import { namedFiles } from '../../kustomize/namedFiles.ts';
import { specWithout } from '../../operator.ts';
import { sameRepository } from '../../sameRepository.ts';
import { declaredSources, sourceText } from '../declaredSources.ts';
import { generatePaths, readBeside } from '../readBeside.ts';
import { isOfOtherRevision } from '../thisCommit.ts';

/** Marks the Secrets that are Argo CD's clusters, and the objects that make such Secrets. */
const CLUSTER_LABEL = '"argocd.argoproj.io/secret-type":"cluster"';

/** Fields that say how Applications are made, and not which. */
const MAKING = ['ignoreApplicationDifferences', 'preservedFields', 'strategy', 'syncPolicy'];

/**
 * A digest of what decides the Applications of a set that cannot be generated, and what they
 * render: its generators and template, the objects that give parameters, and all files of the commit that its Git generators or its
 * template's paths could mean, whatever the parameters are.
 */
export async function reachOf(set: FoundObject, follow: FollowContext): Promise<string> {
  const spec = specWithout(set.resource.manifest, MAKING);
  return digestOf([spec, inputsOf(spec, follow), await filesReached(spec, follow)]);
}

/** The files of each set of a commit, which are the same in each round in which sets are followed. */
const REACHED = new WeakMap<Snapshot, Map<string, Promise<ManifestValue>>>();

function filesReached(spec: ManifestObject, follow: FollowContext): Promise<ManifestValue> {
  const known = REACHED.get(follow.snapshot) ?? new Map<string, Promise<ManifestValue>>();
  REACHED.set(follow.snapshot, known);
  const key = digestOf(spec);
  const files = known.get(key) ?? findReached(spec, follow);
  known.set(key, files);
  return files;
}

async function findReached(spec: ManifestObject, follow: FollowContext): Promise<ManifestValue> {
  const git = gitGlobs(spec, follow);
  const own = templates(spec).flatMap((template) => pathsOf(template, follow, git.length > 0));
  const globs = new Set([...git, ...own, ...pathsInPatch(spec, own)]);
  const { paths, naming } = pathsIn(follow.snapshot);
  const reached = [...new Set([...globs].flatMap((glob) => matching(glob, paths)))].flatMap(
    (found) => follow.snapshot.entries.get(found) ?? [],
  );
  const folders = reached.filter(({ kind, path: folder }) => kind === 'directory' && naming.has(folder));
  const named = await Promise.all(folders.map(({ path: folder }) => namedFiles(follow.snapshot, folder)));
  return Object.fromEntries([...reached, ...named.flat()].map((entry) => [entry.path, entry.oid]));
}

/** What a pathspec matches: most files are told apart by how their path begins, which is far quicker than a glob. */
function matching(glob: string, sorted: readonly string[]): string[] {
  const [prefix = ''] = glob.split(/[*?[\\]/);
  const begins = prefix.replace(/^(?:\.\/)+|\/+$/g, '');
  const matches = pathspecMatcher(glob);
  const found: string[] = [];
  for (let at = firstFrom(begins, sorted); sorted[at]?.startsWith(begins) === true; at++) {
    const file = sorted[at] ?? '';
    if (matches(file)) found.push(file);
  }
  return found;
}

/** The place of the first text in a sorted list that does not stand before another one. */
function firstFrom(text: string, sorted: readonly string[]): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? '') < text) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** What all sets of a commit look at. */
interface Paths {
  /** Sorted by their code units. */
  readonly paths: readonly string[];
  readonly naming: ReadonlySet<string>;
}

const PATHS = new WeakMap<Snapshot, Paths>();

function pathsIn(snapshot: Snapshot): Paths {
  const known = PATHS.get(snapshot) ?? {
    paths: [...snapshot.entries.keys()].toSorted((one, other) => (one < other ? -1 : 1)),
    naming: foldersThatName(snapshot),
  };
  PATHS.set(snapshot, known);
  return known;
}

/** The folders of kustomizations, charts and Jsonnet, which name files elsewhere. */
function foldersThatName({ entries }: Snapshot): Set<string> {
  const names = new Set<string>([...KUSTOMIZATION_FILES, CHART_FILE]);
  const naming = [...entries.keys()].filter(
    (file) => names.has(path.posix.basename(file)) || isJsonnet(file),
  );
  return new Set(naming.map((file) => path.posix.dirname(file)));
}

/** What Git generators of this repository list, in whatever generators they are, as pathspecs. */
function gitGlobs(value: ManifestValue, follow: FollowContext): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => gitGlobs(item, follow));
  if (!isObject(value)) return [];
  const { git } = value;
  const below = Object.values(value).flatMap((item) => gitGlobs(item, follow));
  if (!isObject(git)) return below;
  if (isElsewhere(textAt(git, ['repoURL']) ?? '', textAt(git, ['revision']) ?? '', follow)) return below;
  const paths = (field: string) => objectsAt(git, [field]).flatMap((item) => textAt(item, ['path']) ?? []);
  return [
    ...below,
    ...paths('directories').map(anything),
    // The folder of a file is what its parameters name, so all that is in it counts.
    ...paths('files').map((glob) => anything(path.posix.dirname(glob))),
  ];
}

/** The set's template, and those that generators have of their own. */
function templates(value: ManifestValue): ManifestObject[] {
  if (Array.isArray(value)) return value.flatMap(templates);
  if (!isObject(value)) return [];
  const own = isObject(value['template']) ? [value['template']] : [];
  return [...own, ...Object.values(value).flatMap(templates)];
}

/** The paths of a template's sources with `*` for what parameters give. */
function pathsOf(template: ManifestObject, follow: FollowContext, isListed: boolean): string[] {
  const { spec } = template;
  if (!isObject(spec)) return [];
  return declaredSources(spec).all.flatMap(({ source }) => {
    const url = sourceText(source, 'repoURL');
    const isChart = sourceText(source, 'chart') !== '';
    if (!isChart && isElsewhere(url, sourceText(source, 'targetRevision'), follow)) return [];
    const folder = anything(sourceText(source, 'path')).replace(/^(?:\.?\/)+/, '');
    const files = filesOf(source).map((file) => inFolder(folder, file));
    // A path that is a parameter as a whole is one that a Git generator lists, or any folder of the repository.
    const isKnown = /[^*/]/.test(folder) || (!isListed && sameRepository(url, follow) === true);
    const beside = [
      ...readBeside(source, anything),
      ...generatePaths(template, folder === '' ? [] : [folder]),
    ].map(anything);
    return [...(isKnown && folder !== '' ? [folder] : []), ...files, ...beside].filter(
      (file) => !file.startsWith('../'),
    );
  });
}

/** What a source reads besides its folder. */
function filesOf(source: ManifestObject): string[] {
  const parameters = objectsAt(source, Kind.ApplicationSource('helm', 'fileParameters'));
  return [
    ...textsAt(source, Kind.ApplicationSource('helm', 'valueFiles')),
    ...parameters.flatMap((item) => textAt(item, Kind.HelmFileParameter('path')) ?? []),
    ...textsAt(source, Kind.ApplicationSource('kustomize', 'components')),
  ];
}

function inFolder(folder: string, file: string): string {
  return /^[$/]/.test(file)
    ? anything(file).replace(/^[^/]*\/+/, '')
    : path.posix.join(folder, anything(file));
}

/** A patch of the template is text. What looks like a path in it may be one, in the source's folder or not. */
function pathsInPatch(spec: ManifestObject, folders: readonly string[]): string[] {
  const patch = textAt(spec, Kind.ApplicationSetSpec('templatePatch')) ?? '';
  const words = anything(patch).match(/[^\s"'[\]{},]*\/[^\s"'[\]{},]*/g) ?? [];
  return words
    .filter((word) => !word.includes('://'))
    .flatMap((word) => [inFolder('.', word), ...folders.map((folder) => inFolder(folder, word))])
    .filter((file) => !file.startsWith('../') && /[^*/.]/.test(file));
}

/**
 * The objects of the repository that generators take their parameters of: Argo CD's cluster
 * Secrets, and the ConfigMaps of plugins.
 */
function inputsOf(spec: ManifestObject, { objects }: FollowContext): ManifestValue {
  const text = JSON.stringify(spec['generators'] ?? []);
  const { makeClusters, configMaps } = giversIn(objects);
  const named = text.includes('"configMapRef"')
    ? configMaps.filter(({ resource: { name } }) => text.includes(JSON.stringify(name)))
    : [];
  return [...(text.includes('"clusters"') ? makeClusters : []), ...named].map(
    ({ resource: { kind, name, manifest } }) => [kind, name, manifest],
  );
}

/** Objects that may give parameters. */
interface Givers {
  /** Secrets, and what makes them, such as ExternalSecrets. */
  readonly makeClusters: readonly FoundObject[];
  readonly configMaps: readonly FoundObject[];
}

/** Each set asks about the same objects. */
const GIVERS = new WeakMap<readonly FoundObject[], Givers>();

function giversIn(objects: readonly FoundObject[]): Givers {
  const known = GIVERS.get(objects) ?? {
    makeClusters: objects.filter(
      ({ resource: { kind, manifest } }) =>
        kind.includes('Secret') && JSON.stringify(manifest).includes(CLUSTER_LABEL),
    ),
    configMaps: objects.filter(({ resource: { kind } }) => kind === 'ConfigMap'),
  };
  GIVERS.set(objects, known);
  return known;
}

/**
 * True for an address that is surely another repository's, or a revision that no pull request
 * changes; a parameter may stand for any.
 */
function isElsewhere(repoURL: string, targetRevision: string, follow: FollowContext): boolean {
  if (repoURL.includes('{{')) return false;
  if (sameRepository(repoURL, follow) === false) return true;
  return !targetRevision.includes('{{') && isOfOtherRevision({ repoURL, targetRevision }, follow);
}

function anything(text: string): string {
  return text.replaceAll(/\{\{.*?\}\}/gs, '*');
}
