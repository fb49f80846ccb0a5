// The process in which a command runs that looks at what a repository has; see supervise.ts.
import { holdLifeline } from '../isolation/child/holdLifeline.ts';
import { tellStep } from '../isolation/child/tellSteps.ts';
import { type CheckOptions, runCheck } from './check.ts';
import { failWith } from './failWith.ts';
import { type RenderOptions, runRender } from './render.ts';
import { runTargets, type TargetsOptions } from './targets.ts';

/** A command with its options, as plain data. */
export type CommandCall =
  | { readonly command: 'check'; readonly options: CheckOptions }
  | { readonly command: 'render'; readonly options: RenderOptions }
  | { readonly command: 'targets'; readonly options: TargetsOptions };

holdLifeline();
// A reader that closes its end (`hydrant render --all | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
try {
  // The other side is supervise.ts.
  process.exitCode = await run(JSON.parse(process.argv[2] ?? '') as CommandCall);
} catch (error) {
  process.exitCode = failWith(error);
}

function run({ command, options }: CommandCall): Promise<number> {
  switch (command) {
    case 'check':
      return runCheck(options, tellStep);
    case 'render':
      return runRender(options, tellStep);
    case 'targets':
      return runTargets(options, tellStep);
  }
}
