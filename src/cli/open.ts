import { setMaxListeners } from 'node:events';
import { EnginePool } from '../engine/pool.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { engineMemory } from '../isolation/limits.ts';
import type { OpenRemotes } from '../model/remoteInputs.ts';
import type { OnStep } from '../model/step.ts';
import { commandLimits } from './commandLimits.ts';
import { type FetchOptions, remotesOfCommand } from './remotes.ts';

/** What a command on a local clone works with. */
export interface Workplace {
  readonly repository: Repository;
  readonly engine: EnginePool;
  readonly openRemotes: OpenRemotes;
  /** Hears what the command has come to. */
  readonly onStep: OnStep;
}

interface PlaceOptions extends FetchOptions {
  readonly repo: string;
  readonly onStep: OnStep;
  /** Opens the clone in another way than as it is. */
  readonly open?: ((dir: string) => Promise<Repository>) | undefined;
}

/** Opens a clone and the engine for the time of one command, and closes both whatever happens. */
export async function withWorkplace<T>(
  { repo, onStep, open = openRepository, ...fetch }: PlaceOptions,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const repository = await open(repo);
  const engine = new EnginePool({
    gitDir: repository.gitDir,
    memoryLimitBytes: engineMemory(commandLimits()),
  });
  const fetching = new AbortController();
  // Each thing that is fetched listens, however many there are.
  setMaxListeners(0, fetching.signal);
  try {
    const openRemotes = remotesOfCommand(fetching.signal, fetch);
    return await work({ repository, engine, openRemotes, onStep });
  } finally {
    fetching.abort();
    await Promise.all([engine.close(), repository.close()]);
  }
}
