import { homedir } from 'node:os';
import path from 'node:path';

/**
 * A folder of the user's cache in which Hydrant keeps what it may need again; null where the
 * surroundings name none. https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function cacheFolder(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const { XDG_CACHE_HOME: named } = env;
  if (named !== undefined && path.isAbsolute(named)) return path.join(named, 'hydrant', name);
  const home = homedir();
  return path.isAbsolute(home) ? path.join(home, '.cache', 'hydrant', name) : null;
}
