import { parseDocuments } from '../../dialects/parseDocuments.ts';
import type { Settings } from '../../model/settings.ts';
import type { Files } from '../../model/snapshot.ts';

/** A data file that policies do not get, and why. */
export interface DataProblem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

interface DataFile {
  readonly path: string;
  /** The folders below the one that it is read from: where its content stands under `data`. */
  readonly place: readonly string[];
}

type Data = Record<string, unknown>;

/**
 * The documents that policies find under `data`: files named `data.json`, `data.yaml` or
 * `data.yml` below the policies' folders, as OPA's bundles have them, and all JSON and YAML
 * below the settings' data folders, as `conftest --data` reads them. Folders become members,
 * names of files do not; what several files say of one object is put together.
 * https://www.openpolicyagent.org/docs/management-bundles
 */
export async function readPolicyData(
  settingsCommit: Files,
  { policies: { paths, data: folders } }: Settings,
): Promise<{ data: Data; problems: DataProblem[] }> {
  const files = [...settingsCommit.entries.values()]
    .filter(({ kind }) => kind === 'file')
    .flatMap(({ path }): DataFile[] => {
      const folder =
        folderOf(path, folders, /\.(?:json|ya?ml)$/) ??
        folderOf(path, paths, /(?:^|\/)data\.(?:json|ya?ml)$/);
      return folder === null ? [] : [{ path, place: below(folder, path).split('/').slice(0, -1) }];
    });
  const data: Data = {};
  const problems: DataProblem[] = [];
  for (const file of files) {
    const text = new TextDecoder().decode(await settingsCommit.read(file.path));
    const read = readData(file, text);
    if ('message' in read) problems.push({ path: file.path, ...read });
    else if (file.place[0] === 'hydrant' || (file.place.length === 0 && 'hydrant' in read.value))
      problems.push({
        path: file.path,
        line: 1,
        message: '`hydrant` is the name of what Hydrant itself gives',
      });
    else if (!merge(data, placed(read.value, file.place)))
      problems.push({
        path: file.path,
        line: 1,
        message: 'another file of data says something else of the same',
      });
  }
  return { data, problems };
}

/** The longest of the folders that a path lies in, if its name is one that counts. */
function folderOf(path: string, folders: readonly string[], name: RegExp): string | null {
  if (!name.test(path)) return null;
  const around = folders.filter((folder) => folder === '.' || path.startsWith(`${folder}/`));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function below(folder: string, path: string): string {
  return folder === '.' ? path : path.slice(folder.length + 1);
}

function readData({ place }: DataFile, text: string): { value: Data } | Omit<DataProblem, 'path'> {
  const { documents, lines, excess } = parseDocuments(text, { merge: true, logLevel: 'warn' });
  if (excess !== null) return { line: excess.line, message: `not valid: ${excess.reason}` };
  try {
    const [document, second] = documents;
    const fault = document?.errors[0];
    if (fault !== undefined)
      return { line: lines.linePos(fault.pos[0]).line, message: `not valid: ${oneLine(fault.message)}` };
    if (second !== undefined)
      return { line: lines.linePos(second.range[0]).line, message: 'a second document begins here' };
    const value: unknown = document?.toJS({ maxAliasCount: 100 }) ?? {};
    if (isData(value)) return { value };
    return { line: 1, message: `it holds no mapping${place.length === 0 ? '' : ', which data must be'}` };
  } catch (error) {
    return {
      line: 1,
      message: `not valid: ${oneLine(error instanceof Error ? error.message : String(error))}`,
    };
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\.$/, '');
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placed(value: Data, place: readonly string[]): Data {
  return place.toReversed().reduce((inner, name) => Object.fromEntries([[name, inner]]), value);
}

/** Adds what is new; false where both say something of the same that is no mapping, and then adds nothing. */
function merge(into: Data, value: Data): boolean {
  if (!agree(into, value)) return false;
  for (const [name, item] of Object.entries(value)) {
    const known = Object.hasOwn(into, name) ? into[name] : undefined;
    if (isData(known) && isData(item)) merge(known, item);
    else
      Object.defineProperty(into, name, {
        value: item,
        enumerable: true,
        configurable: true,
        writable: true,
      });
  }
  return true;
}

function agree(into: Data, value: Data): boolean {
  return Object.entries(value).every(([name, item]) => {
    if (!Object.hasOwn(into, name)) return true;
    const known = into[name];
    return isData(known) && isData(item) && agree(known, item);
  });
}
