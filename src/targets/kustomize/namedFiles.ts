import path from 'node:path';
import { isJsonnet, jsonnetImports } from '../../dialects/jsonnetImports.ts';
import { KeptTexts } from '../../dialects/keptTexts.ts';
import { yamlTexts } from '../../dialects/yamlValues.ts';
import { append } from '../../model/append.ts';
import { isCredentialName } from '../../model/credentialName.ts';
import { CHART_FILE, KUSTOMIZATION_FILES } from '../../model/entryFiles.ts';
import { type FileFact, fileFact } from '../../model/fileFact.ts';
import { isObject, type ManifestValue } from '../../model/manifest.ts';
import type { Snapshot, TreeEntry } from '../../model/snapshot.ts';
import { chartFiles } from '../helm/chartFiles.ts';
import { followLinks } from './followLinks.ts';

/** Larger YAML files hold data and name no files. */
const MAX_BYTES = 256 * 1024;

/** Names no file: no path is as long. */
const MAX_PATH = 1024;

/**
 * The files and folders that a folder's kustomization, chart or Jsonnet could read: the folder, and what a
 * text in its kustomization, or in a file that this one names, would be as a path in the commit.
 * Some of them may be read by nobody, but none that is read is missing. For a render that stopped
 * before it had read all.
 * @param start a folder or file.
 */
export async function namedFiles(snapshot: Snapshot, start: string): Promise<readonly TreeEntry[]> {
  const found = new Map<string, TreeEntry>();
  const charts = new Map<string, TreeEntry>();
  const waiting: Named[] = [{ at: start, asChart: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const resolved = await followLinks(snapshot, next.at);
    const entry = resolved === null ? undefined : entryAt(snapshot, resolved);
    if (entry === undefined || found.has(entry.path)) continue;
    found.set(entry.path, entry);
    append(waiting, await namedIn(snapshot, entry));
    if (entry.kind !== 'directory' || !(next.asChart || isChart(snapshot, entry))) continue;
    // The files that count stand for the folder, and tell as well that it is there.
    found.set(entry.path, { ...entry, oid: '' });
    for (const file of await chartFiles(snapshot, entry.path)) charts.set(file.path, file);
  }
  return [...charts.values(), ...found.values()];
}

function isChart({ entries }: Snapshot, { path: folder }: TreeEntry): boolean {
  return entries.get(path.posix.join(folder, CHART_FILE))?.kind === 'file';
}

/** The root is no entry of its tree; its own files stand for it. */
function entryAt(snapshot: Snapshot, resolved: string): TreeEntry | undefined {
  if (resolved !== '.') return snapshot.entries.get(resolved);
  return { path: '.', kind: 'directory', oid: snapshot.commit };
}

/** A path that a file names. */
interface Named {
  readonly at: string;
  /** True where it is named as a chart, and read as one, whether or not it is. */
  readonly asChart: boolean;
}

async function namedIn(snapshot: Snapshot, entry: TreeEntry): Promise<Named[]> {
  if (entry.kind === 'directory') {
    const files = filesAt(snapshot, entry.path);
    return (await Promise.all(files.map((file) => textsIn(snapshot, file)))).flat();
  }
  return /\.ya?ml$/.test(entry.path) || isJsonnet(entry.path) ? textsIn(snapshot, entry.path) : [];
}

/** The files of a folder that name others: kustomizations, there and, where Flux makes one, below; a chart's; Jsonnet. */
function filesAt({ entries }: Snapshot, folder: string): string[] {
  const own = [...KUSTOMIZATION_FILES, CHART_FILE, 'requirements.yaml']
    .map((name) => path.posix.join(folder, name))
    .filter((file) => entries.has(file));
  if (own.length > 0) return own;
  const below = folder === '.' ? '' : `${folder}/`;
  return [...entries.keys()].filter(
    (file) =>
      file.startsWith(below) &&
      (isJsonnet(file) || KUSTOMIZATION_FILES.some((name) => name === path.posix.basename(file))),
  );
}

async function textsIn(snapshot: Snapshot, file: string): Promise<Named[]> {
  const resolved = await followLinks(snapshot, file);
  if (resolved === null || snapshot.entries.get(resolved)?.kind !== 'file') return [];
  const folder = path.posix.dirname(file);
  return (await textsAt(snapshot, resolved))
    .map(({ at, asChart }) => ({ at: path.posix.join(folder, at), asChart }))
    .filter(({ at }) => at !== folder && at !== '.' && !at.startsWith('../'));
}

/** Base and head share most files, and many sets reach the same. */
const KEPT = new KeptTexts<readonly Named[]>(4 * 1024 * 1024);

/** @param file no link. */
async function textsAt(snapshot: Snapshot, file: string): Promise<readonly Named[]> {
  // Hydrant wrote what is kept; see TEXTS.
  const known = isJsonnet(file) ? null : await fileFact(file, snapshot, TEXTS);
  if (known !== null) return KEPT.get(known, '') ?? KEPT.keep(known, '', JSON.parse(known));
  const bytes = await snapshot.read(file);
  if (bytes.length > MAX_BYTES) return [];
  const text = new TextDecoder().decode(bytes);
  return isJsonnet(file) ? jsonnetImports(text).map((at) => ({ at, asChart: false })) : textsOf(text);
}

function textsOf(text: string): readonly Named[] {
  const named = () => yamlTexts(text).flatMap((value) => (typeof value === 'symbol' ? [] : texts(value)));
  return KEPT.get(text, '') ?? KEPT.keep(text, '', named());
}

/** The texts of a YAML file that may be paths, unless one of them may be a credential. */
const TEXTS: FileFact = {
  name: 'texts 1',
  make: (bytes) => {
    if (bytes.length > MAX_BYTES) return '[]';
    const text = new TextDecoder().decode(bytes);
    const mayHold = yamlTexts(text).some((value) => typeof value !== 'symbol' && mayHoldCredential(value));
    return mayHold ? null : JSON.stringify(textsOf(text));
  },
};

/** Whether a value goes by the name of a credential, in a field or as an entry of `env`, or is an address with a user. */
function mayHoldCredential(value: ManifestValue): boolean {
  if (typeof value === 'string') return value.includes('@');
  if (Array.isArray(value)) return value.some(mayHoldCredential);
  if (!isObject(value)) return false;
  const { kind, name } = value;
  if (kind === 'Secret' || (typeof name === 'string' && 'value' in value && isCredentialName(name)))
    return true;
  return Object.entries(value).some(
    ([key, item]) => (typeof item !== 'object' && isCredentialName(key)) || mayHoldCredential(item),
  );
}

/** What may be a path: `key=path` of a generator, `file://path` of a chart, or the text itself. */
function texts(value: ManifestValue): Named[] {
  if (typeof value === 'string') {
    if (value.length > MAX_PATH || value.includes('\n')) return [];
    const at = value.replace(/^(?:[^=/]*=|file:\/\/)/, '');
    // An address of another place is no path.
    return at.includes('://') ? [] : [{ at, asChart: value.startsWith('file://') }];
  }
  if (Array.isArray(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}
