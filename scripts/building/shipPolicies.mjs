import { existsSync } from 'node:fs';

/**
 * Compiles the built-in policies into dist/policies/, so that no command has to. Without an engine, or
 * with another one later, they are compiled when they are first needed.
 */
export async function shipPolicies(root) {
  const binary = `${root}dist/hydrant-engine${process.platform === 'win32' ? '.exe' : ''}`;
  if (!existsSync(binary)) return;
  const [{ shipBuiltIn }, { EnginePool }] = await Promise.all([
    import(`${root}dist/src/checks/policies/shipBuiltIn.js`),
    import(`${root}dist/src/engine/pool.js`),
  ]);
  const engine = new EnginePool({ size: 1, binary });
  try {
    await shipBuiltIn(engine, { engine: binary });
  } catch (error) {
    console.error(`the built-in policies will be compiled when they are needed: ${error.message}`);
  } finally {
    await engine.close();
  }
}
