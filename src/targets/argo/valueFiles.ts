import path from 'node:path';
import { flagAt } from '../../model/fields.ts';
import { doublestarMatcher } from '../../model/glob.ts';
import type { FieldPath } from '../../model/manifest.ts';
import type { ValuesLayer } from '../../model/renderSource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { substitute } from './buildEnvironment.ts';
import { type DeclaredSource, sourceText } from './declaredSources.ts';
import { isRefusal, mistake, type Refusal, refuse } from './refusal.ts';
import type { SourceContext } from './sourceContext.ts';
import { whyNotThisCommit } from './thisCommit.ts';

/** A file of the commit or at an address, or one inside a packed chart. */
export type ValueFilePlace = { readonly file: string } | { readonly chartFile: string };

/**
 * An Application's values files in order. Globs are expanded here, because Argo CD leaves out
 * of them what is listed by name, and takes no file twice.
 * @see https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go (getResolvedValueFiles)
 */
export async function valueFileLayers(
  context: SourceContext,
  valueFiles: readonly string[],
): Promise<ValuesLayer[] | Refusal> {
  const ignoreMissing = flagAt(context.source, ['helm', 'ignoreMissingValueFiles']);
  const places: ValueFilePlace[] = [];
  for (const [index, text] of valueFiles.entries()) {
    const place = await placeOfValueFile(context, text, [...context.fieldPath, 'helm', 'valueFiles', index]);
    if (isRefusal(place)) return place;
    places.push(place);
  }
  const named = new Set(places.map(nameOf).filter((name) => !isGlob(name)));
  const layers = new Map<string, ValuesLayer>();
  for (const place of places) {
    const files = 'file' in place ? expanded(context.argo.snapshot, place.file, named) : null;
    // A glob that matches nothing is left to the renderer, which says so of any missing file.
    const found: readonly ValueFilePlace[] = files === null ? [place] : files.map((file) => ({ file }));
    for (const one of found) {
      const key = nameOf(one);
      if (!layers.has(key)) layers.set(key, { ...one, ...(ignoreMissing ? { ignoreMissing } : {}) });
    }
  }
  return [...layers.values()];
}

/**
 * Where a values file stands: `$ref/...` in the repository of another source, `/...` below
 * the root, else below the source's folder.
 */
export async function placeOfValueFile(
  { argo, environment, folder, refs }: SourceContext,
  text: string,
  fieldPath: FieldPath,
): Promise<ValueFilePlace | Refusal> {
  const [first = '', ...rest] = text.split('/');
  if (first.startsWith('$') && refs !== null) {
    const ref = refs.get(first.slice(1));
    if (ref === undefined) {
      const message = `${text} refers to ${first}, and no source has the ref ${first.slice(1)}`;
      return mistake(message, fieldPath);
    }
    const file = substitute(rest.join('/'), environment);
    return (await whyNotReferred(ref, { argo, name: first, file })) ?? below('.', file, text, fieldPath);
  }
  const file = substitute(text, environment);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(file)?.[1];
  // The renderer has it fetched.
  if (scheme === 'https' || scheme === 'http') return { file };
  if (scheme !== undefined) {
    return refuse(`the values file ${file} is remote, and Hydrant fetches those at https addresses alone`);
  }
  if (folder === null) {
    const place = below('.', file.replace(/^\/+/, ''), text, fieldPath);
    return isRefusal(place) ? place : { chartFile: place.file };
  }
  return below(file.startsWith('/') ? '.' : folder, file, text, fieldPath);
}

async function whyNotReferred(
  { source, fieldPath }: DeclaredSource,
  { argo, name, file }: { argo: SourceContext['argo']; name: string; file: string },
): Promise<Refusal | null> {
  if (sourceText(source, 'chart') !== '') {
    return mistake(`${name} is a chart, and values files cannot be taken of one`, [...fieldPath, 'ref']);
  }
  const why = await whyNotThisCommit(argo, source, file.replace(/\/?[^/]*[*?[].*$/s, ''));
  return why === null ? null : refuse(`its values files in ${name} are not read: ${why}`);
}

function below(folder: string, file: string, text: string, fieldPath: FieldPath): { file: string } | Refusal {
  const joined = path.posix.join(folder, file).replace(/^\/+/, '');
  if (joined === '..' || joined.startsWith('../')) {
    return mistake(`the values file ${text} is outside of the repository`, fieldPath);
  }
  return { file: joined };
}

function nameOf(place: ValueFilePlace): string {
  return 'file' in place ? place.file : `chart:${place.chartFile}`;
}

function isGlob(name: string): boolean {
  return /[*?[]/.test(name) && !/^https?:\/\//.test(name);
}

/** The files that a glob stands for, without those listed by name; null for no glob, or where nothing matches. */
function expanded(snapshot: Snapshot, glob: string, named: ReadonlySet<string>): string[] | null {
  if (!isGlob(glob)) return null;
  const matches = doublestarMatcher(glob);
  const files = [...snapshot.entries.values()]
    .filter(({ kind, path: file }) => (kind === 'file' || kind === 'symlink') && matches(file))
    .map(({ path: file }) => file)
    .toSorted();
  return files.length === 0 ? null : files.filter((file) => !named.has(file));
}
