import { bytesText } from '../isolation/amounts.ts';
import { oneName } from '../report/visible.ts';
import {
  CACHE_NAMES,
  CACHES,
  type CacheName,
  type CacheState,
  cacheStates,
  emptyCaches,
} from '../store/caches.ts';
import { EXIT } from './exit.ts';

/**
 * `hydrant cache`: prints what earlier commands kept.
 * @returns the exit code.
 * @throws where it cannot be read.
 */
export async function runCache({ format }: { readonly format: 'text' | 'json' }): Promise<number> {
  const states = await cacheStates();
  process.stdout.write(format === 'json' ? `${JSON.stringify(states, null, 2)}\n` : tableOf(states));
  return EXIT.passed;
}

/**
 * `hydrant cache clear`: removes what earlier commands kept, all of it or what is named.
 * @returns the exit code.
 * @throws where it cannot be removed.
 */
export async function runCacheClear(names: readonly CacheName[]): Promise<number> {
  const before = await cacheStates();
  const chosen = names.length === 0 ? CACHE_NAMES : names;
  await emptyCaches(chosen);
  const bytes = before.filter(({ name }) => chosen.includes(name)).reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(`removed ${bytesText(bytes)} (${chosen.join(', ')})\n`);
  return EXIT.passed;
}

function tableOf(states: readonly CacheState[]): string {
  if (states.length === 0) return 'nothing is kept: there is no home folder and no XDG_CACHE_HOME\n';
  return states
    .map(({ name, folder, files, bytes }) => {
      const size = `${bytesText(bytes)} in ${files} ${files === 1 ? 'file' : 'files'}`;
      return `${name.padEnd(9)} ${size.padEnd(24)} ${CACHES[name]}\n          ${oneName(folder)}\n`;
    })
    .join('');
}
