import { EXIT } from './exit.ts';

/** Says on stderr why a command could not run. @returns its exit code. */
export function failWith(error: unknown): number {
  console.error(`hydrant: ${error instanceof Error ? error.message : String(error)}`);
  return EXIT.couldNotRun;
}
