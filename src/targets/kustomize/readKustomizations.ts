import path from 'node:path';
import { yamlValues } from '../../dialects/yamlValues.ts';
import { KUSTOMIZATION_FILES } from '../../model/entryFiles.ts';
import { isObject, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { followLinks } from './followLinks.ts';

/** A folder with a kustomization file, and the folders, also of charts, that its fields refer to. */
export interface Kustomization {
  /** `.` for the root of the repository. */
  readonly folder: string;
  readonly component: boolean;
  readonly references: readonly string[];
}

/**
 * Fields whose entries may be folders with a kustomization.
 * https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
const REFERENCE_FIELDS = [
  'resources',
  'bases',
  'components',
  'generators',
  'transformers',
  'validators',
] as const;

/**
 * Every kustomization of a commit with its references to other folders of the commit. A
 * file that is not YAML has no references: rendering it will say what is wrong with it.
 */
export async function readKustomizations(snapshot: Snapshot): Promise<Kustomization[]> {
  const files = [...snapshot.entries.values()].filter(
    (entry) =>
      entry.kind !== 'directory' &&
      KUSTOMIZATION_FILES.some((name) => name === path.posix.basename(entry.path)),
  );
  const folders = new Map<string, Kustomization>();
  for (const { path: file } of files) {
    const kustomization = await readKustomization(snapshot, file);
    if (kustomization !== null && !folders.has(kustomization.folder)) {
      folders.set(kustomization.folder, kustomization);
    }
  }
  return [...folders.values()];
}

async function readKustomization(snapshot: Snapshot, file: string): Promise<Kustomization | null> {
  const folder = path.posix.dirname(file);
  const resolved = await followLinks(snapshot, file);
  if (resolved === null || snapshot.entries.get(resolved)?.kind !== 'file') {
    return { folder, component: false, references: [] };
  }
  const content = parse(new TextDecoder().decode(await snapshot.read(resolved)));
  // Flux's Kustomization objects may stand in files of the same name; they are no overlays.
  const apiVersion = content['apiVersion'];
  if (typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) return null;
  return {
    folder,
    component: content['kind'] === 'Component',
    references: await foldersOf(snapshot, folder, content),
  };
}

function parse(text: string): ManifestObject {
  const [first] = yamlValues(text);
  return isObject(first) ? first : {};
}

async function foldersOf(snapshot: Snapshot, folder: string, content: ManifestObject): Promise<string[]> {
  const folders: string[] = [];
  const entries = REFERENCE_FIELDS.flatMap((field) => content[field] ?? []);
  for (const entry of [...entries, ...chartsOf(content)]) {
    if (typeof entry !== 'string' || entry === '' || entry.startsWith('/')) continue;
    const resolved = await followLinks(snapshot, path.posix.join(folder, entry));
    if (resolved === null) continue;
    if (resolved === '.' || snapshot.entries.get(resolved)?.kind === 'directory') folders.push(resolved);
  }
  return folders;
}

/**
 * Where Kustomize looks for the charts that it inflates.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/builtins/HelmChartInflationGenerator.go
 */
function chartsOf(content: ManifestObject): string[] {
  const home = textAt(content, ['helmGlobals', 'chartHome']) ?? 'charts';
  const charts = content['helmCharts'];
  if (!Array.isArray(charts)) return [];
  return charts.filter(isObject).flatMap((chart) => {
    const [name, version] = [textAt(chart, ['name']), textAt(chart, ['version'])];
    if (name === undefined) return [];
    return [`${home}/${name}`, ...(version === undefined ? [] : [`${home}/${name}-${version}/${name}`])];
  });
}
