import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { LIFELINE, STEPS } from '../isolation/messages.ts';
import { type Excess, ReviewEnded } from '../isolation/reviewEnded.ts';
import { nextStep, readSteps } from '../isolation/steps.ts';
import { watchMemory } from '../isolation/watchMemory.ts';
import { packageFile } from '../model/packageFile.ts';
import type { Step } from '../model/step.ts';
import type { CommandCall } from './child.ts';
import { commandLimits } from './commandLimits.ts';
import { complain } from './complain.ts';
import { endedWords } from './endedWords.ts';
import { EXIT } from './exit.ts';
import { clearLine } from './statusLine.ts';

/**
 * Runs a command in a process of its own, which has this one's input and output, and ends it with
 * all that it started where it takes too long or too much memory. Why it was ended stands on stderr then.
 * @throws {Error} where a limit that the environment sets is not understood.
 * @returns the command's exit code; of one that was ended, that it could not run.
 */
export async function supervise(call: CommandCall, timeoutMs: number): Promise<number> {
  const limits = { ...commandLimits(), timeoutMs };
  const heap = `--max-old-space-size=${Math.ceil(limits.memoryBytes / 2 ** 20)}`;
  const child = spawn(process.execPath, [heap, CHILD, JSON.stringify(call)], {
    // It leads a group, by which all of it can be ended.
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', ...Array(STEPS - LIFELINE + 1).fill('pipe')],
  });
  let step: Step = {};
  readSteps(child.stdio[STEPS] as Readable, (told) => {
    step = nextStep(step, told);
  });
  let why: Excess = 'crash';
  const end = (excess: Excess) => {
    why = excess;
    endGroup(child);
  };
  const deadline = setTimeout(() => end('time'), timeoutMs);
  const stopWatching = watchMemory(child.pid ?? 0, limits.memoryBytes, () => end('memory'));
  // Once all that it told is read.
  const [code, signal]: (number | string | null)[] = await once(child, 'close');
  clearTimeout(deadline);
  stopWatching();
  endGroup(child);
  if (typeof code === 'number') return code;
  // Node ends itself so where JavaScript has no more memory.
  if (signal === 'SIGABRT') why = 'memory';
  clearLine(process.stderr);
  complain(endedWords(new ReviewEnded(why, { limits, step }), call.command));
  return EXIT.couldNotRun;
}

/** Built, whoever asks: Node runs it without what compiles it. */
const CHILD = packageFile('dist/src/cli/child.js');

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group is gone.
  }
}
