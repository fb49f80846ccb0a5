import { EnginePool } from '../engine/pool.ts';
import { openRepository, type Repository } from '../git/repository.ts';

/** What a command on a local clone works with. */
export interface Workplace {
  readonly repository: Repository;
  readonly engine: EnginePool;
}

/** Opens a clone and the engine for the time of one command, and closes both whatever happens. */
export async function withWorkplace<T>(dir: string, work: (place: Workplace) => Promise<T>): Promise<T> {
  const repository = await openRepository(dir);
  const engine = new EnginePool();
  try {
    return await work({ repository, engine });
  } finally {
    await Promise.all([engine.close(), repository.close()]);
  }
}
