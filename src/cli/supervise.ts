import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { LIFELINE, STEPS } from '../isolation/messages.ts';
import { type Excess, ReviewEnded } from '../isolation/reviewEnded.ts';
import { nextStep, readSteps } from '../isolation/steps.ts';
import { packageFile } from '../model/packageFile.ts';
import type { Step } from '../model/step.ts';
import type { CommandCall } from './child.ts';
import { complain } from './complain.ts';
import { EXIT } from './exit.ts';

/**
 * Runs a command in a process of its own, which has this one's input and output, and ends it with
 * all that it started where it takes too long. Why it was ended stands on stderr then.
 * @returns the command's exit code; of one that was ended, that it could not run.
 */
export async function supervise(call: CommandCall, timeoutMs: number): Promise<number> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(call)], {
    // It leads a group, by which all of it can be ended.
    detached: true,
    stdio: ['inherit', 'inherit', 'inherit', ...Array(STEPS - LIFELINE + 1).fill('pipe')],
  });
  let step: Step = {};
  readSteps(child.stdio[STEPS] as Readable, (told) => {
    step = nextStep(step, told);
  });
  let why: Excess = 'crash';
  const deadline = setTimeout(() => {
    why = 'time';
    endGroup(child);
  }, timeoutMs);
  // Once all that it told is read.
  const [code]: (number | null)[] = await once(child, 'close');
  clearTimeout(deadline);
  endGroup(child);
  if (typeof code === 'number') return code;
  complain(wordsOf(new ReviewEnded(why, { limits: { timeoutMs }, step }), call));
  return EXIT.couldNotRun;
}

function wordsOf({ message, why }: ReviewEnded, { command }: CommandCall): string {
  const ofCommand = command === 'check' ? message : message.replace('this review', `hydrant ${command}`);
  return why === 'time' ? `${ofCommand}; --timeout gives it more time` : ofCommand;
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
