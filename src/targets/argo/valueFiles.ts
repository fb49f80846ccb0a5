import path from 'node:path';
import { doublestarMatcher } from '../../dialects/glob.ts';
import { flagAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import type { FieldPath } from '../../model/manifest.ts';
import type { OtherCommit, ValuesLayer } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { substitute } from './buildEnvironment.ts';
import { type DeclaredSource, sourceText } from './declaredSources.ts';
import { mistake } from './mistake.ts';
import type { SourceContext } from './sourceContext.ts';
import { inRepository, type SourceTree, treeOfSource } from './thisCommit.ts';

/** A file of the commit or at an address, or one inside a packed chart. */
export type ValueFilePlace =
  | { readonly file: string; readonly tree: SourceTree }
  | { readonly chartFile: string };

/**
 * An Application's values files in order. Globs are expanded here, because Argo CD leaves out
 * of them what is listed by name, and takes no file twice.
 * @see https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go (getResolvedValueFiles)
 */
export async function valueFileLayers(
  context: SourceContext,
  valueFiles: readonly string[],
): Promise<ValuesLayer[] | Refusal> {
  const ignoreMissing = flagAt(context.source, Kind.ApplicationSource('helm', 'ignoreMissingValueFiles'));
  const places: ValueFilePlace[] = [];
  for (const [index, text] of valueFiles.entries()) {
    const place = await placeOfValueFile(context, text, [...context.fieldPath, 'helm', 'valueFiles', index]);
    if (isRefusal(place)) return place;
    places.push(place);
  }
  const named = new Set(places.filter((place) => !isGlob(fileOf(place))).map(nameOf));
  const layers = new Map<string, ValuesLayer>();
  for (const place of places) {
    // A glob that matches nothing is left to the renderer, which says so of any missing file.
    const found = 'file' in place ? (expanded(place, named) ?? [place]) : [place];
    for (const one of found) {
      const key = nameOf(one);
      if (!layers.has(key)) layers.set(key, { ...layerOf(one), ...(ignoreMissing ? { ignoreMissing } : {}) });
    }
  }
  return [...layers.values()];
}

/**
 * Where a values file stands: `$ref/...` in the repository of another source, `/...` below
 * the root, else below the source's folder.
 */
export async function placeOfValueFile(
  { argo, environment, folder, refs, tree }: SourceContext,
  text: string,
  fieldPath: FieldPath,
): Promise<ValueFilePlace | Refusal> {
  const listed = { text, fieldPath };
  const [first = '', ...rest] = text.split('/');
  if (first.startsWith('$') && refs !== null) {
    const ref = refs.get(first.slice(1));
    if (ref === undefined) {
      const facts = { file: text, ref: first.slice(1) };
      const problem = told(
        'no-ref',
        facts,
      )`${'file'} refers to $${'ref'}, and no source has the ref ${'ref'}`;
      return mistake(problem, fieldPath);
    }
    const file = substitute(rest.join('/'), environment);
    const referred = await treeReferred(ref, { argo, name: first, file });
    return isRefusal(referred) ? referred : below({ folder: '.', tree: referred }, file, listed);
  }
  const file = substitute(text, environment);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(file)?.[1];
  // The renderer has it fetched.
  if (scheme === 'https' || scheme === 'http') return { file, tree: { snapshot: argo.snapshot } };
  if (scheme !== undefined) {
    return refuse(`the values file ${file} is remote, and Hydrant fetches those at https addresses alone`);
  }
  if (folder === null) {
    const place = below({ folder: '.', tree }, file.replace(/^\/+/, ''), listed);
    return isRefusal(place) ? place : { chartFile: place.file };
  }
  return below({ folder: file.startsWith('/') ? '.' : folder, tree }, file, listed);
}

async function treeReferred(
  { source, fieldPath }: DeclaredSource,
  { argo, name, file }: { argo: SourceContext['argo']; name: string; file: string },
): Promise<SourceTree | Refusal> {
  if (sourceText(source, 'chart') !== '') {
    const problem = told('ref-chart', {
      name,
    })`${'name'} is a chart, and values files cannot be taken of one`;
    return mistake(problem, [...fieldPath, 'ref']);
  }
  const tree = await treeOfSource(argo, source, file.replace(/\/?[^/]*[*?[].*$/s, ''));
  return isRefusal(tree) ? refuse(`its values files in ${name} are not read: ${tree.refused}`) : tree;
}

/** @param listed how the Application names the file, and where. */
function below(
  { folder, tree }: { readonly folder: string; readonly tree: SourceTree },
  file: string,
  { text, fieldPath }: { readonly text: string; readonly fieldPath: FieldPath },
): Extract<ValueFilePlace, { file: string }> | Refusal {
  const joined = path.posix.join(folder, file).replace(/^\/+/, '');
  if (joined === '..' || joined.startsWith('../')) {
    const problem = told('values-outside', {
      file: text,
    })`the values file ${'file'} is outside of the repository`;
    return mistake(problem, fieldPath);
  }
  return { file: joined, tree };
}

function layerOf(place: ValueFilePlace): { file: string; repository?: OtherCommit } | { chartFile: string } {
  return 'file' in place ? { file: place.file, ...inRepository(place.tree) } : place;
}

function nameOf(place: ValueFilePlace): string {
  if ('chartFile' in place) return `chart:${place.chartFile}`;
  const { repository } = place.tree;
  return repository === undefined ? place.file : `${repository.repository}//${place.file}`;
}

function fileOf(place: ValueFilePlace): string {
  return 'file' in place ? place.file : place.chartFile;
}

function isGlob(name: string): boolean {
  return /[*?[]/.test(name) && !/^https?:\/\//.test(name);
}

/** The files that a glob stands for, without those listed by name; null for no glob, or where nothing matches. */
function expanded(
  { file: glob, tree }: Extract<ValueFilePlace, { file: string }>,
  named: ReadonlySet<string>,
): ValueFilePlace[] | null {
  if (!isGlob(glob)) return null;
  const matches = doublestarMatcher(glob);
  const files = [...tree.snapshot.entries.values()]
    .filter(({ kind, path: file }) => (kind === 'file' || kind === 'symlink') && matches(file))
    .map(({ path: file }) => file)
    .toSorted();
  if (files.length === 0) return null;
  return files.map((file) => ({ file, tree })).filter((place) => !named.has(nameOf(place)));
}
