import path from 'node:path';
import { yamlValues } from '../../dialects/yamlValues.ts';
import { isObject } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';

/** A chart in Git that no other chart contains. */
export interface Chart {
  /** `.` for the root of the repository. */
  readonly folder: string;
  readonly name: string;
  /** A library chart gives templates to others and is never installed itself. */
  readonly library: boolean;
  /** Folders of charts that it takes from elsewhere in the repository (`file://...`). */
  readonly references: readonly string[];
  /** `values-<environment>.yaml` beside `values.yaml`, in order of names. */
  readonly environments: readonly { readonly name: string; readonly file: string }[];
}

/** Names of values files by convention: `values-production.yaml` and `values.production.yaml`. */
const VALUES_FILE = /^values[-.](?<name>[A-Za-z0-9][\w.-]*)\.ya?ml$/;

/** Every chart of a commit, in order of folders. */
export async function findCharts(snapshot: Snapshot): Promise<Chart[]> {
  const folders = [...snapshot.entries.values()]
    .filter((entry) => entry.kind === 'file' && path.posix.basename(entry.path) === 'Chart.yaml')
    .map((entry) => path.posix.dirname(entry.path));
  const all = new Set(folders);
  const outer = folders.filter((folder) => !isContained(folder, all)).toSorted();
  return Promise.all(outer.map((folder) => readChart(snapshot, folder)));
}

/** True for a chart below another chart's folder: one of its dependencies. */
export function isContained(folder: string, charts: ReadonlySet<string>): boolean {
  for (let above = path.posix.dirname(folder); above !== '.'; above = path.posix.dirname(above)) {
    if (charts.has(above)) return true;
  }
  return folder !== '.' && charts.has('.');
}

async function readChart(snapshot: Snapshot, folder: string): Promise<Chart> {
  const text = new TextDecoder().decode(await snapshot.read(path.posix.join(folder, 'Chart.yaml')));
  const [content] = yamlValues(text);
  // A chart that is not valid YAML stays a chart: rendering it will say what is wrong.
  const field = (name: string): unknown => (isObject(content) ? content[name] : undefined);
  const name = field('name');
  return {
    folder,
    name:
      typeof name === 'string' && name !== ''
        ? name
        : path.posix.basename(path.posix.resolve('/chart', folder)),
    library: field('type') === 'library',
    references: referencesOf(folder, field('dependencies')),
    environments: environmentsOf(snapshot, folder),
  };
}

function referencesOf(folder: string, dependencies: unknown): string[] {
  if (!Array.isArray(dependencies)) return [];
  return dependencies.flatMap((dependency: unknown) => {
    const repository: unknown =
      typeof dependency === 'object' && dependency !== null && 'repository' in dependency
        ? dependency.repository
        : undefined;
    if (typeof repository !== 'string' || !repository.startsWith('file://')) return [];
    return [path.posix.join(folder, repository.slice('file://'.length))];
  });
}

function environmentsOf(snapshot: Snapshot, folder: string): Chart['environments'] {
  const prefix = folder === '.' ? '' : `${folder}/`;
  return [...snapshot.entries.values()]
    .filter(({ kind, path: file }) => kind === 'file' && file.startsWith(prefix))
    .flatMap(({ path: file }) => {
      const { name } = VALUES_FILE.exec(file.slice(prefix.length))?.groups ?? {};
      return name === undefined ? [] : [{ name, file }];
    });
}
