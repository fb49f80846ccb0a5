// What of the arguments of `npm test` names tests, of which language, and what is an option.
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';

const SUFFIXES = { typescript: '.test.ts', engine: '_test.go' };

/** An argument that names no test, with what to write instead. */
export class NoSuchTest extends Error {}

/**
 * @param {readonly string[]} args names of test files, of folders or parts of paths, and options of a runner.
 * @param {string} root the repository's folder.
 * @returns the options, and the test files of each language, as paths from the root; null stands for
 *   all of both.
 * @throws NoSuchTest where a name matches no test file.
 */
export function chooseTests(args, root) {
  const options = args.filter((_, index) => isOption(args, index, root));
  const names = args.filter((_, index) => !isOption(args, index, root));
  if (names.length === 0) return { options, files: null };
  const all = testFiles(root);
  const files = [...new Set(names.flatMap((name) => named(name, all, root)))];
  const of = (suffix) => files.filter((file) => file.endsWith(suffix));
  return { options, files: { typescript: of(SUFFIXES.typescript), engine: of(SUFFIXES.engine) } };
}

/** An option, or the value of the one before it: what is no path and follows one without a `=`. */
function isOption(args, index, root) {
  const isFlag = (arg = '') => arg.startsWith('-');
  const [before, arg] = [args[index - 1], args[index]];
  if (isFlag(arg)) return true;
  return isFlag(before) && !before.includes('=') && !isPath(arg, root);
}

function isPath(arg, root) {
  const isTest = Object.values(SUFFIXES).some((suffix) => arg.endsWith(suffix));
  return isTest || (arg.includes('/') && existsSync(resolve(root, arg)));
}

function testFiles(root) {
  return ['test', 'engine'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((file) => Object.values(SUFFIXES).some((suffix) => file.endsWith(suffix)))
      .map((file) => `${folder}/${file.split(sep).join('/')}`)
      .toSorted(),
  );
}

function named(name, all, root) {
  const path = relative(root, resolve(root, name)).split(sep).join('/');
  const below = path === '' ? all : all.filter((file) => file === path || file.startsWith(`${path}/`));
  const found = below.length > 0 ? below : all.filter((file) => file.includes(name));
  if (found.length === 0) throw new NoSuchTest(`no test matches ${name}. ${wayOut(path, all)}`);
  return found;
}

function wayOut(path, all) {
  const [word] = basename(path).split(/[._]/);
  const alike = all.filter((file) => basename(file).split(/[._]/)[0] === word);
  return alike.length > 0
    ? `Is it ${alike.slice(0, 3).join(' or ')}?`
    : 'Name a file or a folder below test/ or engine/, or a part of its path: npm test -- test/compare/findings.test.ts';
}
