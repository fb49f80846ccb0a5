import { writeSync } from 'node:fs';
import type { OnStep } from '../../model/step.ts';
import { STEPS } from '../messages.ts';

/**
 * Tells of steps at once: what comes next may never pause, so that nothing that waits its turn
 * would be written. A step that cannot be told is no reason to stop.
 */
export const tellStep: OnStep = (step) => {
  try {
    writeSync(STEPS, `${JSON.stringify(step)}\n`);
  } catch {
    // Whoever listened is gone, or does not read: see lifeline.ts.
  }
};
