import { compileBuiltIn } from '../checks/policies/compileBuiltIn.ts';
import { EnginePool } from '../engine/pool.ts';
import { engineMemory, type ReviewLimits } from './limits.ts';

/**
 * Has the built-in policies compiled, unless the build did it, and kept where reviews read them and
 * may write nothing. This process can do so because nothing of a stranger's is read for it.
 */
export async function keepPolicies(limits: ReviewLimits): Promise<void> {
  const engine = new EnginePool({ size: 1, memoryLimitBytes: engineMemory(limits) });
  try {
    await compileBuiltIn(engine);
  } finally {
    await engine.close();
  }
}
