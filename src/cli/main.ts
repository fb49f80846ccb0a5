import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { durationIn, durationText } from '../isolation/amounts.ts';
import { DEFAULT_LIMITS } from '../isolation/limits.ts';
import { REPORT_FORMAT_NAMES } from '../report/formatNames.ts';
import { packageVersion } from '../settings/packageVersion.ts';
import { CACHE_NAMES, type CacheName } from '../store/caches.ts';
import type { CommandCall } from './child.ts';
import { EXIT } from './exit.ts';
import { failWith } from './failWith.ts';
import { addFormat } from './outputs.ts';
import { COLOR_NAMES, type ColorWhen } from './wantsColor.ts';

// What a command needs is loaded when it runs, so that `--help` answers at once.

const program = new Command('hydrant')
  .description('Reviews what a GitOps pull request really does to a cluster.')
  .version(packageVersion(), '--version', 'print the version')
  .exitOverride()
  .showHelpAfterError('(hydrant --help lists what is allowed)');

program
  .command('check')
  .description('review two commits of a local clone')
  .addOption(repoOption())
  .addOption(baseOption())
  .addOption(headOption())
  .addOption(worktreeOption())
  .option(
    '--format <name[=file]>',
    `${REPORT_FORMAT_NAMES.join(', ')}; repeat it for several (default: text)`,
    addFormat,
  )
  .option('--output <file>', 'write to this file what would be printed')
  .option('--all', 'show existing findings one by one, too')
  .addOption(colorOption())
  .option('--no-cache', 'take nothing from earlier reviews, and keep nothing')
  .addOption(offlineOption())
  .addOption(timeoutOption())
  .addHelpText(
    'after',
    '\nExit codes: 0 passed; 1 new errors; 2 could not run; 3 not everything was validated.',
  )
  .action(async ({ timeout, ...options }) => supervised({ command: 'check', options }, timeout));

program
  .command('diff')
  .description('print only what two commits render differently, as a unified diff')
  .addOption(repoOption())
  .addOption(baseOption())
  .addOption(headOption())
  .addOption(worktreeOption())
  .addOption(colorOption())
  .option('--no-cache', 'take nothing from earlier reviews, and keep nothing')
  .addOption(offlineOption())
  .addOption(timeoutOption())
  .addHelpText('after', '\nExit codes: 0 no difference; 1 a difference; 2 not all of it is known.')
  .action(async ({ timeout, ...options }) => supervised({ command: 'diff', options }, timeout));

program
  .command('render')
  .description('print the rendered manifests of one target, or of all')
  .argument('[path]', "a folder, from the root of the repository, or a target's id")
  .option('--all', 'every target')
  .addOption(repoOption())
  .option('--rev <rev>', 'commit to render', 'HEAD')
  .addOption(new Option('--format <format>').choices(['yaml', 'jsonl']).default('yaml'))
  .addOption(offlineOption())
  .addOption(timeoutOption())
  .option('--show-secrets', 'print the values of Secrets')
  .action(async (path: string | undefined, { timeout, ...options }) =>
    supervised({ command: 'render', options: { ...options, path } }, timeout),
  );

program
  .command('targets')
  .description('list what an operator would apply')
  .addOption(repoOption())
  .option('--rev <rev>', 'commit to look at', 'HEAD')
  .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
  .addOption(offlineOption())
  .addOption(timeoutOption())
  .action(async ({ timeout, ...options }) => supervised({ command: 'targets', options }, timeout));

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
  .addOption(timeoutOption())
  .addHelpText('after', '\nExit codes: 0 passed; 1 a test failed; 2 could not run, or there is no test.')
  .action(async (paths: string[], { timeout, ...options }) =>
    supervised({ command: 'policy test', options: { ...options, paths } }, timeout),
  );

program
  .command('init')
  .description('write a .hydrant.yaml for this repository, with what is found in it')
  .addOption(repoOption())
  .option('--force', 'overwrite what is there')
  .addOption(offlineOption())
  .addOption(timeoutOption())
  .action(async ({ timeout, ...options }) => supervised({ command: 'init', options }, timeout));

program
  .command('explain')
  .description('say what a rule finds and why, how to mend it, and how to except it')
  .argument('<rule>', 'as a finding names it, such as schema/unknown-field')
  .addOption(colorOption())
  .action(async (rule: string, options: { readonly color: ColorWhen }) => {
    const { runExplain } = await import('./explain/explain.ts');
    finish(await runExplain(rule, options));
  });

const cache = program
  .command('cache')
  .description('say what earlier commands kept, and how large it is')
  .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
  .action(async (options: { readonly format: 'text' | 'json' }) => {
    const { runCache } = await import('./cache.ts');
    finish(await runCache(options));
  });

cache
  .command('clear')
  .description('remove it; what is needed again is made or fetched again')
  .addArgument(new Argument('[name...]', 'what to remove (default: all)').choices(CACHE_NAMES))
  .action(async (names: readonly CacheName[]) => {
    const { runCacheClear } = await import('./cache.ts');
    finish(await runCacheClear(names));
  });

program
  .command('engine')
  .description('say which libraries render, and what the kernel keeps them from')
  .action(async () => {
    const { runEngine } = await import('./engine.ts');
    finish(await runEngine());
  });

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
  const harmless = error instanceof CommanderError && error.exitCode === 0;
  if (error instanceof CommanderError) finish(harmless ? EXIT.passed : EXIT.couldNotRun);
  else finish(failWith(error));
}

function repoOption(): Option {
  return new Option('--repo <dir>', 'a local clone').default('.');
}

function baseOption(): Option {
  const meant = 'merge base of the default branch and the head';
  return new Option('--base <rev>', `commit to compare with (default: ${meant})`);
}

function headOption(): Option {
  return new Option('--head <rev>', 'commit to review (default: HEAD)');
}

function worktreeOption(): Option {
  return new Option('--worktree', 'review the files as they are on the disk, committed or not');
}

function colorOption(): Option {
  return new Option('--color <when>', 'colours (NO_COLOR and FORCE_COLOR count as well)')
    .choices(COLOR_NAMES)
    .default('auto');
}

function offlineOption(): Option {
  return new Option('--offline', 'fetch nothing; what an earlier run fetched is used');
}

function timeoutOption(): Option {
  return new Option('--timeout <duration>', 'end it after this time, such as 90s, 30m or 1h')
    .default(DEFAULT_LIMITS.timeoutMs, durationText(DEFAULT_LIMITS.timeoutMs))
    .argParser((text) => {
      const timeout = durationIn(text);
      if (timeout === null)
        throw new InvalidArgumentError('It is a number of seconds, or like 90s, 30m, 1h.');
      return timeout;
    });
}

/** Runs a command in a process of its own. */
async function supervised(call: CommandCall, timeoutMs: number): Promise<void> {
  const { supervise } = await import('./supervise.ts');
  finish(await supervise(call, timeoutMs));
}

/** The code is set, not exited with, so that all output is written first. */
function finish(code: number): void {
  process.exitCode = code;
}
