import picomatch from 'picomatch';

/** True for a folder inside the repository, told from its root: `policies`, `./a/b/`, `.`. */
export function isRepositoryPath(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');
}

/** True for a glob that can match folders of the repository, with its brackets closed. */
export function isRepositoryGlob(glob: string): boolean {
  if (!isRepositoryPath(glob)) return false;
  try {
    return picomatch.makeRe(glob, { dot: true, strictBrackets: true }) instanceof RegExp;
  } catch {
    return false;
  }
}
