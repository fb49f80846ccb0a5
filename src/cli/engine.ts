import { EnginePool } from '../engine/pool.ts';
import type { Description } from '../engine/protocol/description.ts';
import { EXIT } from './exit.ts';

/** `hydrant engine`: the libraries of the render engine, and what the kernel holds it to. */
export async function runEngine(): Promise<number> {
  const engine = new EnginePool({ size: 1 });
  try {
    process.stdout.write(textOf(await engine.describe()));
    return EXIT.passed;
  } finally {
    await engine.close();
  }
}

/** A line for each library, then one for each defence. */
export function textOf({ versions, defences }: Pick<Description, 'versions' | 'defences'>): string {
  const libraries = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const held = defences.map(
    ({ name, held: isHeld, detail }) =>
      `${isHeld ? 'held by the kernel' : 'NOT held by the kernel'}: ${name} (${detail})`,
  );
  return `${[...libraries.toSorted(), ...held].join('\n')}\n`;
}
