import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What each process loaded that ran with `NODE_V8_COVERAGE` naming this folder: the sources of the files, for a
 * file may be put together from several.
 */
export async function loadedModules(folder: string): Promise<Map<string, string[]>> {
  const processes = await readdir(folder);
  return new Map(
    await Promise.all(
      processes.map(async (name) => [name, await sourcesIn(path.join(folder, name))] as const),
    ),
  );
}

async function sourcesIn(report: string): Promise<string[]> {
  // https://nodejs.org/api/cli.html#node_v8_coveragedir
  const { result } = JSON.parse(await readFile(report, 'utf8')) as { result: readonly { url: string }[] };
  const files = result.filter(({ url }) => url.startsWith('file:')).map(({ url }) => fileURLToPath(url));
  const sources = await Promise.all(files.map(sourcesOf));
  return [...new Set(sources.flat())];
}

async function sourcesOf(file: string): Promise<string[]> {
  if (!existsSync(`${file}.map`)) return [file];
  // https://tc39.es/ecma426/
  const { sources } = JSON.parse(await readFile(`${file}.map`, 'utf8')) as { sources: readonly string[] };
  return sources.map((source) => path.resolve(path.dirname(file), source));
}
