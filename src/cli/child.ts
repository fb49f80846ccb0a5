// The process in which a command runs that looks at what a repository has; see supervise.ts.
import { holdLifeline } from '../isolation/child/holdLifeline.ts';
import { tellStep } from '../isolation/child/tellSteps.ts';
import { ReviewEnded } from '../isolation/reviewEnded.ts';
import type { Step } from '../model/step.ts';
import { boundOutput } from './boundOutput.ts';
import { type CheckOptions, runCheck } from './check.ts';
import { commandLimits } from './commandLimits.ts';
import { type DiffOptions, runDiff } from './diff.ts';
import { endedWords } from './endedWords.ts';
import { failWith } from './failWith.ts';
import { type InitOptions, runInit } from './init/init.ts';
import { type PolicyTestOptions, runPolicyTest } from './policyTest.ts';
import { type RenderOptions, runRender } from './render.ts';
import { StatusLine } from './statusLine.ts';
import { runTargets, type TargetsOptions } from './targets.ts';

/** A command with its options, as plain data. */
export type CommandCall =
  | { readonly command: 'check'; readonly options: CheckOptions }
  | { readonly command: 'diff'; readonly options: DiffOptions }
  | { readonly command: 'init'; readonly options: InitOptions }
  | { readonly command: 'render'; readonly options: RenderOptions }
  | { readonly command: 'targets'; readonly options: TargetsOptions }
  | { readonly command: 'policy test'; readonly options: PolicyTestOptions };

holdLifeline();
const status = new StatusLine(process.stderr);
// A reader that closes its end (`hydrant render --all | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
try {
  // The other side is supervise.ts.
  const call = JSON.parse(process.argv[2] ?? '') as CommandCall;
  const limits = commandLimits();
  boundOutput(process.stdout, limits.outputBytes, () => {
    const ended = new ReviewEnded('output', { limits, step: { stage: 'printing' } });
    return new Error(endedWords(ended, call.command));
  });
  status.stayBelow(process.stdout, process.stderr);
  process.exitCode = await run(call);
} catch (error) {
  process.exitCode = failWith(error);
} finally {
  status.clear();
}

function onStep(step: Step): void {
  tellStep(step);
  status.show(step);
}

function run({ command, options }: CommandCall): Promise<number> {
  switch (command) {
    case 'check':
      return runCheck(options, onStep);
    case 'diff':
      return runDiff(options, onStep);
    case 'init':
      return runInit(options, onStep);
    case 'render':
      return runRender(options, onStep);
    case 'targets':
      return runTargets(options, onStep);
    case 'policy test':
      return runPolicyTest(options, onStep);
  }
}
