import type { Engine } from '../../engine/engine.ts';
import type { CompileReply, RegoModule } from '../../engine/protocol/rego.ts';
import { readBuiltInPolicies } from './builtIn.ts';
import { compileCached, defaultCacheDir } from './compileCache.ts';
import { SUPPLIED_BUILTINS } from './suppliedBuiltins.ts';

/**
 * Compiles the policies that ship with Hydrant, or takes them from where they were kept. The bot does
 * it once at its start: its reviews may read what is kept, and change nothing of it.
 * @param cacheDir null for nowhere, by default the user's cache.
 */
export async function compileBuiltIn(
  engine: Engine,
  cacheDir: string | null = defaultCacheDir(),
): Promise<{ readonly modules: readonly RegoModule[]; readonly reply: CompileReply }> {
  const modules = await readBuiltInPolicies();
  const params = { modules, builtins: SUPPLIED_BUILTINS, form: 'hydrant' } as const;
  return { modules, reply: await compileCached(engine, params, cacheDir) };
}
