import { setMaxListeners } from 'node:events';
import { EnginePool } from '../engine/pool.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import type { OpenRemotes } from '../model/remoteInputs.ts';
import { type FetchOptions, remotesOfCommand } from './remotes.ts';

/** What a command on a local clone works with. */
export interface Workplace {
  readonly repository: Repository;
  readonly engine: EnginePool;
  readonly openRemotes: OpenRemotes;
}

/** Opens a clone and the engine for the time of one command, and closes both whatever happens. */
export async function withWorkplace<T>(
  { repo, ...fetch }: { readonly repo: string } & FetchOptions,
  work: (place: Workplace) => Promise<T>,
): Promise<T> {
  const repository = await openRepository(repo);
  const engine = new EnginePool({ gitDir: repository.gitDir });
  const fetching = new AbortController();
  // Each thing that is fetched listens, however many there are.
  setMaxListeners(0, fetching.signal);
  try {
    return await work({ repository, engine, openRemotes: remotesOfCommand(fetching.signal, fetch) });
  } finally {
    fetching.abort();
    await Promise.all([engine.close(), repository.close()]);
  }
}
