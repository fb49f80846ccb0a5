import type { Engine } from '../../engine/engine.ts';
import type { CompileParams, CompileReply, RegoModule } from '../../engine/protocol/rego.ts';
import { readBuiltInPolicies } from './builtIn.ts';
import { compileCached, defaultCacheDir } from './compileCache.ts';
import { readShipped } from './shippedPolicies.ts';
import { SUPPLIED_BUILTINS } from './suppliedBuiltins.ts';

/**
 * The policies that ship with Hydrant, compiled: by the build, where it was of these policies and by
 * this engine, or else now, or earlier and kept. The bot asks once at its start: its reviews may read
 * what is kept, and change nothing of it.
 * @param cacheDir where what is compiled now is kept, null for nowhere; the build's is not looked at
 *   then. By default the user's cache.
 */
export async function compileBuiltIn(
  engine: Engine,
  cacheDir?: string | null,
): Promise<{ readonly modules: readonly RegoModule[]; readonly reply: CompileReply }> {
  const params = await builtInParams();
  const shipped = cacheDir === undefined ? await readShipped(params) : null;
  const folder = cacheDir === undefined ? defaultCacheDir() : cacheDir;
  return { modules: params.modules, reply: shipped ?? (await compileCached(engine, params, folder)) };
}

/** What the compiler is asked for the built-in policies. */
export async function builtInParams(): Promise<CompileParams> {
  return { modules: await readBuiltInPolicies(), builtins: SUPPLIED_BUILTINS, form: 'hydrant' };
}
