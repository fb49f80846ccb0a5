import path from 'node:path';
import { yamlTexts } from '../../dialects/yamlValues.ts';
import { KUSTOMIZATION_FILES } from '../../model/entryFiles.ts';
import { type FileFact, fileFact } from '../../model/fileFact.ts';
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
  const known = await fileFact(resolved, snapshot, NAMED_BY_KUSTOMIZATION);
  const named = known === null ? namedBy(await snapshot.read(resolved)) : (JSON.parse(known) as Named | null);
  if (named === null) return null;
  return {
    folder,
    component: named.component,
    references: await foldersOf(snapshot, folder, named.entries),
  };
}

/** What a kustomization's text says by itself. */
interface Named {
  readonly component: boolean;
  /** What may be folders. */
  readonly entries: readonly string[];
}

/** An address may hold a password. */
const NAMED_BY_KUSTOMIZATION: FileFact = {
  name: 'kustomization 2',
  make: (bytes) => {
    const named = namedBy(bytes);
    return named?.entries.some((entry) => /[:@]/.test(entry)) === true ? null : JSON.stringify(named);
  },
};

function namedBy(bytes: Uint8Array): Named | null {
  const [first] = yamlTexts(new TextDecoder().decode(bytes));
  const content = isObject(first) ? first : {};
  // Flux's Kustomization objects may stand in files of the same name; they are no overlays.
  const apiVersion = content['apiVersion'];
  if (typeof apiVersion === 'string' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/')) return null;
  const entries = REFERENCE_FIELDS.flatMap((field) => content[field] ?? []);
  return {
    component: content['kind'] === 'Component',
    entries: [...entries, ...chartsOf(content)]
      .filter((entry) => typeof entry === 'string')
      // An address of another place is no folder.
      .filter((entry) => entry !== '' && !entry.startsWith('/') && !entry.includes('://')),
  };
}

async function foldersOf(snapshot: Snapshot, folder: string, entries: readonly string[]): Promise<string[]> {
  const folders: string[] = [];
  for (const entry of entries) {
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
