import PQueue from 'p-queue';

const queues = new Map<string, PQueue>();

/** Runs work on a folder after all earlier work on it; other folders do not wait. */
export async function serially<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(folder) ?? new PQueue({ concurrency: 1 });
  queues.set(folder, queue);
  try {
    return await queue.add(work);
  } finally {
    if (queue.size === 0 && queue.pending === 0) queues.delete(folder);
  }
}
