import path from 'node:path';
import type { GeneratorContext, Parameters } from './generatorContext.ts';
import { sanitizeName } from './sanitizeName.ts';

/**
 * The parameters that tell of a path: `path.basename` and its siblings, below `prefix` where
 * there is one.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/repo_path_utils.go
 */
export function pathParameters(
  { folder, file }: { readonly folder: string; readonly file?: string },
  { prefix, goTemplate }: { readonly prefix: string } & Pick<GeneratorContext, 'goTemplate'>,
): Parameters {
  const basename = path.posix.basename(folder);
  const parts = {
    basename,
    basenameNormalized: sanitizeName(basename),
    ...(file === undefined ? {} : { filename: file, filenameNormalized: sanitizeName(file) }),
  };
  const segments = folder.split('/');
  if (goTemplate) {
    const own = { path: { path: folder, ...parts, segments } };
    return prefix === '' ? own : { [prefix]: own };
  }
  const name = prefix === '' ? 'path' : `${prefix}.path`;
  return Object.fromEntries([
    [name, folder],
    ...Object.entries(parts).map(([part, text]) => [`${name}.${part}`, text]),
    ...segments.flatMap((segment, index) => (segment === '' ? [] : [[`${name}[${index}]`, segment]])),
  ]);
}
