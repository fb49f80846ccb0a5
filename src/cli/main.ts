import { Command, CommanderError, Option } from 'commander';
import { REPORT_FORMATS } from '../report/formats.ts';
import { runCheck } from './check.ts';
import { complain } from './complain.ts';
import { EXIT } from './exit.ts';
import { runPolicyTest } from './policyTest.ts';
import { runRender } from './render.ts';
import { runTargets } from './targets.ts';

const program = new Command('hydrant')
  .description('Reviews what a GitOps pull request really does to a cluster.')
  .exitOverride()
  .showHelpAfterError('(hydrant --help lists what is allowed)');

program
  .command('check')
  .description('review two commits of a local clone')
  .addOption(repoOption())
  .option('--base <rev>', 'commit to compare with (default: merge base of the default branch and the head)')
  .option('--head <rev>', 'commit to review', 'HEAD')
  .addOption(new Option('--format <format>').choices(Object.keys(REPORT_FORMATS)).default('text'))
  .addOption(offlineOption())
  .addHelpText(
    'after',
    '\nExit codes: 0 passed; 1 new errors; 2 could not run; 3 not everything was validated.',
  )
  .action(async (options) => finish(await runCheck(options)));

program
  .command('render')
  .description('print the rendered manifests of one target, or of all')
  .argument('[path]', "a folder, from the root of the repository, or a target's id")
  .option('--all', 'every target')
  .addOption(repoOption())
  .option('--rev <rev>', 'commit to render', 'HEAD')
  .addOption(new Option('--format <format>').choices(['yaml', 'jsonl']).default('yaml'))
  .addOption(offlineOption())
  .option('--show-secrets', 'print the values of Secrets')
  .action(async (path: string | undefined, options) => finish(await runRender({ ...options, path })));

program
  .command('targets')
  .description('list what an operator would apply')
  .addOption(repoOption())
  .option('--rev <rev>', 'commit to look at', 'HEAD')
  .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
  .addOption(offlineOption())
  .action(async (options) => finish(await runTargets(options)));

program
  .command('policy')
  .description('work on policies of your own')
  .command('test')
  .description('run the tests of your policies (rules named test_... in *_test.rego)')
  .argument(
    '[path...]',
    'folders with policies, from the root of the repository (default: policies.paths of the settings)',
  )
  .addOption(repoOption())
  .option('--rev <rev>', 'commit to test (default: the files as they are on the disk)')
  .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
  .addHelpText('after', '\nExit codes: 0 passed; 1 a test failed; 2 could not run, or there is no test.')
  .action(async (paths: string[], options) => finish(await runPolicyTest({ ...options, paths })));

program
  .command('start')
  .description('run the bot; it is configured by environment variables (see docs/install.md)')
  .action(async () => {
    const { runStart } = await import('./start.ts');
    finish(await runStart());
  });

program
  .command('demo')
  .description('the bot on a sample pull request, without GitHub')
  .option('--serve', 'stay up and show the pull request as a page')
  .action(async ({ serve = false }: { serve?: boolean }) => {
    const { runDemo } = await import('../demo/runDemo.ts');
    await runDemo({ serve, out: process.stdout });
  });

// A reader that closes its end (`hydrant render --all | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) complain(messageOf(error));
  const harmless = error instanceof CommanderError && error.exitCode === 0;
  finish(harmless ? EXIT.passed : EXIT.couldNotRun);
}

function repoOption(): Option {
  return new Option('--repo <dir>', 'a local clone').default('.');
}

function offlineOption(): Option {
  return new Option('--offline', 'fetch nothing; what an earlier run fetched is used');
}

/** The code is set, not exited with, so that all output is written first. */
function finish(code: number): void {
  process.exitCode = code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
