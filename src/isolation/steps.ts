import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Step } from '../model/step.ts';

/** A step and what was known before it: another stage has targets and files of its own. */
export function nextStep(before: Step, { stage, ...more }: Step): Step {
  return stage === undefined ? { ...before, ...more } : { stage, ...more };
}

/** Reads what a process tells of its steps, a line of JSON each. */
export function readSteps(stream: Readable, onStep: (step: Step) => void): void {
  stream.on('error', () => undefined);
  createInterface({ input: stream }).on('line', (line) => {
    const step = stepIn(line);
    if (step !== null) onStep(step);
  });
}

/** Null where a process that was ended left half a line. */
function stepIn(line: string): Step | null {
  try {
    // The other side is src/isolation/child/tellSteps.ts.
    return JSON.parse(line) as Step;
  } catch {
    return null;
  }
}
