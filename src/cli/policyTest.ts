import { type PolicyTest, type PolicyTests, testPolicies } from '../checks/policies/policyTests.ts';
import { EnginePool } from '../engine/pool.ts';
import { openRepository } from '../git/repository.ts';
import { engineMemory } from '../isolation/limits.ts';
import type { Settings } from '../model/settings.ts';
import type { Files } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import { oneLine, oneName, visibleJson } from '../report/visible.ts';
import { readSettings } from '../settings/readSettings.ts';
import { commandLimits } from './commandLimits.ts';
import { complain } from './complain.ts';
import { EXIT } from './exit.ts';
import { hidingOfFiles, type Shown } from './hiding.ts';
import { workingTree } from './workingTree.ts';

export interface PolicyTestOptions {
  readonly repo: string;
  /** A commit; left out: the files as they are on the disk. */
  readonly rev?: string;
  /** Folders in place of those of the settings. */
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
}

/**
 * `hydrant policy test`: runs the tests of the user's policies and prints what they came to.
 * @returns the exit code: 1 when a test failed, 2 when there is none or nothing could be tested.
 */
export async function runPolicyTest(options: PolicyTestOptions, onStep: OnStep): Promise<number> {
  const engine = new EnginePool({ size: 1, memoryLimitBytes: engineMemory(commandLimits()) });
  try {
    return await withFiles(options, async (files) => {
      const { settings, problems } = await readSettings(files);
      const own = options.paths.length === 0 ? settings : withPaths(settings, options.paths);
      const shown = await hidingOfFiles(filesBelow(own.policies.paths, files), files);
      for (const { message } of problems) complain(await shown(message), 'policy test');
      onStep({ stage: 'testing the policies' });
      const tested = await hidden(await testPolicies(files, { settings: own, engine }), shown);
      process.stdout.write(options.format === 'json' ? json(tested) : text(tested));
      return codeOf(tested, own);
    });
  } finally {
    await engine.close();
  }
}

async function withFiles(
  { repo, rev }: PolicyTestOptions,
  work: (files: Files) => Promise<number>,
): Promise<number> {
  if (rev === undefined) return work(await workingTree(repo));
  const repository = await openRepository(repo);
  try {
    return await work(await repository.snapshot(await repository.resolve(rev)));
  } finally {
    await repository.close();
  }
}

function withPaths(settings: Settings, paths: readonly string[]): Settings {
  const clean = paths.map((path) => path.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '') || '.');
  return { ...settings, policies: { ...settings.policies, paths: clean } };
}

/** Policies and their data, which messages may quote. */
function filesBelow(folders: readonly string[], { entries }: Files): string[] {
  return [...entries.keys()].filter((file) =>
    folders.some((folder) => folder === '.' || file.startsWith(`${folder}/`)),
  );
}

/** Names too: `test_<token>` is one, and a package may have any text in it. */
async function hidden({ tests, problems }: PolicyTests, shown: Shown): Promise<PolicyTests> {
  return {
    tests: await Promise.all(tests.map((test) => hiddenTexts(test, shown))),
    problems: await Promise.all(problems.map((problem) => hiddenTexts(problem, shown))),
  };
}

/** A copy whose texts are hidden, except what a test came to. */
async function hiddenTexts<T extends object>(one: T, shown: Shown): Promise<T> {
  const texts = Object.entries(one).map(async ([name, value]) =>
    typeof value === 'string' && name !== 'result' ? [name, await shown(value)] : [name, value],
  );
  // Of the same shape: a text stays one.
  return Object.fromEntries(await Promise.all(texts)) as T;
}

function codeOf({ tests, problems }: PolicyTests, { policies }: Settings): number {
  if (problems.length > 0) return EXIT.couldNotRun;
  if (tests.length === 0) {
    complain(`no rule named test_... below ${policies.paths.join(', ')}`, 'policy test');
    return EXIT.couldNotRun;
  }
  return tests.some(isBad) ? EXIT.newErrors : EXIT.passed;
}

function isBad({ result }: PolicyTest): boolean {
  return result === 'failed' || result === 'error';
}

function json({ tests, problems }: PolicyTests): string {
  return `${visibleJson({ schemaVersion: 1, tests, problems }, 2)}\n`;
}

/** As `opa test` does: what did not pass, then the counts. */
function text({ tests, problems }: PolicyTests): string {
  const count = (result: PolicyTest['result']) => tests.filter((test) => test.result === result).length;
  const counts = RESULTS.map((result) => ({ result, number: count(result) })).filter(
    ({ result, number }) => number > 0 || result === 'passed',
  );
  const lines = [
    ...problems.map(({ path, line, message }) => `${oneName(path)}:${line}: ${oneLine(message)}`),
    ...tests.filter(({ result }) => result !== 'passed').map(line),
    ...(problems.length > 0
      ? []
      : [counts.map(({ result, number }) => `${WORDS[result]}: ${number}/${tests.length}`).join('  ')]),
  ];
  return lines.map((one) => `${one}\n`).join('');
}

const RESULTS = ['passed', 'failed', 'error', 'skipped'] as const;
const WORDS = { passed: 'PASS', failed: 'FAIL', error: 'ERROR', skipped: 'SKIPPED' } as const;

function line({ path, line: row, package: name, name: test, result, message }: PolicyTest): string {
  return `${oneName(`${path}:${row}: ${name}.${test}`)}: ${WORDS[result]}${message === null ? '' : `: ${oneLine(message)}`}`;
}
