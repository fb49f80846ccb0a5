import { complain } from './complain.ts';
import { EXIT } from './exit.ts';

/** Says on stderr why a command could not run. @returns its exit code. */
export function failWith(error: unknown): number {
  complain(error instanceof Error ? error.message : String(error));
  return EXIT.couldNotRun;
}
