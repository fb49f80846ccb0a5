import path from 'node:path';
import { goPathMatcher, type Matcher, pathspecMatcher } from '../../../dialects/glob.ts';
import { flagAt, objectsAt } from '../../../model/fields.ts';
import { isObject, type ManifestObject, textAt } from '../../../model/manifest.ts';
import type { Snapshot } from '../../../model/snapshot.ts';
import { told } from '../../../model/told.ts';
import { isRefusal } from '../../refusal.ts';
import { treeOfSource } from '../thisCommit.ts';
import { readYamlFile } from '../yamlFile.ts';
import { flatten } from './flatten.ts';
import {
  type Declared,
  type GeneratorContext,
  GeneratorMistake,
  NotGenerated,
  type Parameters,
} from './generatorContext.ts';
import { pathParameters } from './pathParameters.ts';
import { withValues } from './withValues.ts';

/**
 * The folders of a repository that match, or the content of the files that do. With
 * both, folders count.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/repo_path_utils.go
 */
export async function gitGenerator(
  declared: Declared<ManifestObject>,
  context: GeneratorContext,
): Promise<Parameters[]> {
  const { value, fieldPath } = declared;
  const directories = objectsAt(value, ['directories']);
  const files = objectsAt(value, ['files']);
  const items = directories.length > 0 ? directories : files;
  if (items.length === 0)
    throw new GeneratorMistake(told('git-of-nothing')`a git generator needs directories or files`, fieldPath);
  const source = { repoURL: value['repoURL'] ?? '', targetRevision: value['revision'] ?? '' };
  const tree = await treeOfSource(context.follow, source, unglobbed(textAt(items[0], ['path']) ?? ''));
  if (isRefusal(tree)) throw new NotGenerated(`its git generator cannot be read: ${tree.refused}`);
  const { snapshot } = tree;
  const parameters =
    directories.length > 0
      ? matchingFolders(snapshot, directories).map((folder) =>
          pathParameters({ folder }, { ...context, prefix: prefixOf(value) }),
        )
      : await fileParameters(declared, snapshot, { ...context, files: matchingFiles(snapshot, files) });
  return withValues(declared, parameters, context);
}

function prefixOf(git: ManifestObject): string {
  return textAt(git, ['pathParamPrefix']) ?? '';
}

/** The part of a glob that names what must be there. */
function unglobbed(glob: string): string {
  return glob.replace(/\/?[^/]*[*?[].*$/s, '');
}

/** As in Argo CD, folders whose name begins with a dot are not seen, nor what is below them. */
function matchingFolders(snapshot: Snapshot, items: readonly ManifestObject[]): string[] {
  const folders = [...snapshot.entries.values()]
    .filter(({ kind, path: folder }) => kind === 'directory' && !/(?:^|\/)\./.test(folder))
    .map(({ path: folder }) => folder);
  return folders.filter(selects(items, goPathMatcher)).toSorted();
}

function matchingFiles(snapshot: Snapshot, items: readonly ManifestObject[]): string[] {
  const files = [...snapshot.entries.values()]
    .filter(({ kind }) => kind === 'file' || kind === 'symlink')
    .map(({ path: file }) => file);
  return files.filter(selects(items, pathspecMatcher)).toSorted();
}

/** What one item excludes no other includes. */
function selects(items: readonly ManifestObject[], matcher: (glob: string) => Matcher): Matcher {
  const all = items.map((item) => ({
    matches: matcher(textAt(item, ['path']) ?? ''),
    excludes: flagAt(item, ['exclude']),
  }));
  return (text) => {
    const matching = all.filter(({ matches }) => matches(text));
    return matching.length > 0 && !matching.some(({ excludes }) => excludes);
  };
}

async function fileParameters(
  { value, fieldPath }: Declared<ManifestObject>,
  snapshot: Snapshot,
  { files, ...context }: GeneratorContext & { readonly files: readonly string[] },
): Promise<Parameters[]> {
  const all = await Promise.all(
    files.map(async (file) => {
      const objects = await objectsOf(snapshot, file, [...fieldPath, 'files']);
      const where = { folder: path.posix.dirname(file), file: path.posix.basename(file) };
      const own = pathParameters(where, { ...context, prefix: prefixOf(value) });
      return objects.map((object) => ({ ...(context.goTemplate ? object : flatten(object)), ...own }));
    }),
  );
  return all.flat();
}

/** A file is one mapping, or a list of them; an empty one gives its path alone. */
async function objectsOf(
  snapshot: Snapshot,
  file: string,
  fieldPath: Declared<unknown>['fieldPath'],
): Promise<ManifestObject[]> {
  const read = await readYamlFile(snapshot, file);
  if (read === null)
    throw new GeneratorMistake(told('no-file', { file })`the file ${'file'} cannot be read`, fieldPath);
  if ('error' in read) {
    const facts = { file, said: read.error };
    throw new GeneratorMistake(
      told('broken-file', facts)`the file ${'file'} is not valid YAML: ${'said'}`,
      fieldPath,
    );
  }
  if (read.content === null) return [{}];
  if (isObject(read.content)) return [read.content];
  if (Array.isArray(read.content) && read.content.every(isObject)) return read.content;
  throw new GeneratorMistake(
    told('no-mapping', { file })`the file ${'file'} must be a mapping, or a list of mappings`,
    fieldPath,
  );
}
