import type { Engine } from '../../engine/engine.ts';
import type { Settings } from '../../model/settings.ts';
import type { Files } from '../../model/snapshot.ts';
import { SUPPLIED_BUILTINS } from './suppliedBuiltins.ts';
import { readUserPolicies } from './userPolicies.ts';

/** What one test of the user's policies came to. */
export interface PolicyTest {
  /** `data.kubernetes.labels_test`. */
  readonly package: string;
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly result: 'passed' | 'failed' | 'skipped' | 'error';
  /** What went wrong with an error, else null. */
  readonly message: string | null;
}

export interface PolicyTests {
  readonly tests: readonly PolicyTest[];
  /** Why nothing could be tested: files that do not compile, or that cannot be read. */
  readonly problems: readonly { readonly path: string; readonly line: number; readonly message: string }[];
}

/**
 * Runs the tests (rules named `test_...`) among the user's policies, with their data and the
 * functions that policies may call.
 * @throws when the engine cannot be started, or is brought down by a test.
 */
export async function testPolicies(
  files: Files,
  { settings, engine }: { readonly settings: Settings; readonly engine: Engine },
): Promise<PolicyTests> {
  const { userModules: modules, userData: data, problems } = await readUserPolicies(files, settings);
  if (problems.length > 0) return { tests: [], problems };
  const { results, errors } = await engine.testRego({ modules, builtins: SUPPLIED_BUILTINS, data });
  return {
    tests: results.map(({ package: name, passed, skipped = false, message = '', ...test }) => {
      const failed = message === 'failed' ? 'failed' : 'error';
      const result = passed ? 'passed' : skipped ? 'skipped' : failed;
      return { ...test, package: name, result, message: result === 'error' ? message : null };
    }),
    problems: errors.map(({ path, line, message }) => ({ path, line, message })),
  };
}
