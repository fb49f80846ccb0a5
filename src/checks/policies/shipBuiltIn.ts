import type { Engine } from '../../engine/engine.ts';
import { builtInParams } from './compileBuiltIn.ts';
import { readShipped, type Shipped, writeShipped } from './shippedPolicies.ts';

/**
 * Compiles the policies that ship with Hydrant, where the build before did not: a part of the build.
 * @throws {Error} where one of them does not compile.
 */
export async function shipBuiltIn(engine: Engine, shipped: Shipped = {}): Promise<void> {
  const params = await builtInParams();
  if ((await readShipped(params, shipped)) !== null) return;
  const reply = await engine.compileRego(params);
  const [wrong] = reply.errors;
  if (wrong !== undefined) throw new Error(`${wrong.path}:${wrong.line}: ${wrong.message}`);
  await writeShipped(params, reply, shipped);
}
