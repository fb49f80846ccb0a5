import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The folder below which commands keep what they may need again.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder({ XDG_CACHE_HOME: named }: NodeJS.ProcessEnv = process.env): string {
  const caches = named !== undefined && path.isAbsolute(named) ? named : path.join(homedir(), '.cache');
  return path.join(caches, 'hydrant');
}

/** Where reviews keep what they find. */
export function factsFolder(): string {
  return path.join(cacheFolder(), 'facts');
}
