import { readdirSync } from 'node:fs';
import type { EnginePool } from '../../engine/pool.ts';
import type { Defence, Description } from '../../engine/protocol/description.ts';
import { runGit } from '../../git/git.ts';

/**
 * What reviews are done with here: the engine's own description, and whether the kernel holds this process as well.
 * @throws where the engine or git cannot be run.
 */
export async function readiness(engine: EnginePool): Promise<Description> {
  const description = await engine.describe();
  const { exitCode, stderr } = await runGit(['version'], {});
  if (exitCode !== 0) {
    throw new Error(
      `git cannot be run by a review (${stderr.trim()}); where it is installed in a place of its own, name the folders of it and of its libraries by HYDRANT_READABLE`,
    );
  }
  return { ...description, defences: [...description.defences, ownDefence(description)] };
}

/** The root of the disk is what no review needs to see: whether it can be listed shows whether the kernel holds. */
function ownDefence({ defences }: Description): Defence {
  const name = 'landlock of reviews';
  try {
    readdirSync('/');
  } catch {
    return {
      name,
      held: true,
      detail:
        'a review reads and writes what it is given, and what it starts likewise; it may start programs and connect',
    };
  }
  const engines = defences.find((one) => one.name === 'landlock');
  const reason = engines?.held === true ? 'this kernel holds too little of it for Git' : engines?.detail;
  return { name, held: false, detail: reason ?? 'not held' };
}
