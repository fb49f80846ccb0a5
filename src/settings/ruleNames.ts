import { readdirSync } from 'node:fs';
import { packageFile } from '../model/packageFile.ts';

/** The built-in rules' names, as their folders have them: `policies/<category>/<rule>/`. */
export function ruleNames(): readonly string[] {
  names ??= foldersIn('')
    .filter((category) => category !== 'lib')
    .flatMap((category) => foldersIn(`/${category}`).map((rule) => `${category}/${rule}`))
    .toSorted();
  return names;
}

let names: readonly string[] | undefined;

function foldersIn(folder: string): string[] {
  return readdirSync(packageFile(`policies${folder}`), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
