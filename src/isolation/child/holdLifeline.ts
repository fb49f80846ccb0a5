import { Worker } from 'node:worker_threads';
import { packageFile } from '../../model/packageFile.ts';

/** From now on this process, and all that it starts, ends with the process that started it. */
export function holdLifeline(): void {
  const watcher = new Worker(packageFile('dist/src/isolation/child/lifeline.js'), { env: {}, execArgv: [] });
  watcher.unref();
}
