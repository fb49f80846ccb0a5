import type { Engine } from '../../engine/engine.ts';
import type { Entrypoint, RegoModule } from '../../engine/protocol.ts';
import type { Severity } from '../../model/finding.ts';
import { readBuiltInPolicies } from './builtIn.ts';
import { Evaluator } from './evaluator.ts';
import { type CompiledPolicies, type PolicyProblem, PolicySet } from './policySet.ts';
import { SUPPLIED_BUILTINS } from './suppliedBuiltins.ts';

export interface PolicyOptions {
  readonly engine: Engine;
  /** Built-in rules that are switched off. */
  readonly disable?: readonly string[];
  /** The user's own Rego, in conftest's form; files with tests are left out. */
  readonly userModules?: readonly RegoModule[];
  /** Milliseconds that one set may take for one target's resources; 10,000 by default. */
  readonly timeoutMs?: number;
}

/**
 * Compiles the built-in policies and the user's. They are modules of their own, so that no
 * mistake in the user's touches the built-in ones; what does not compile is a problem.
 * @throws {Error} where a built-in policy does not compile: a defect of Hydrant's.
 */
export async function compilePolicies(
  options: PolicyOptions,
): Promise<{ policies: PolicySet; problems: readonly PolicyProblem[] }> {
  const [builtIn, user] = await Promise.all([
    compile('built-in policies', await readBuiltInPolicies(), 'hydrant', options),
    compile("the repository's policies", (options.userModules ?? []).filter(isNoTest), 'conftest', options),
  ]);
  if (builtIn.problems.length > 0) {
    throw new Error(`a built-in policy does not compile: ${JSON.stringify(builtIn.problems)}`);
  }
  return { policies: new PolicySet([...builtIn.compiled, ...user.compiled]), problems: user.problems };
}

async function compile(
  name: string,
  modules: readonly RegoModule[],
  form: 'hydrant' | 'conftest',
  { engine, disable = [], timeoutMs = 10_000 }: PolicyOptions,
): Promise<{ compiled: CompiledPolicies[]; problems: PolicyProblem[] }> {
  if (modules.length === 0) return { compiled: [], problems: [] };
  const {
    wasm,
    entrypoints = [],
    errors,
  } = await engine.compileRego({ modules, builtins: SUPPLIED_BUILTINS, form });
  const problems = errors.map(({ path, line, message }) => ({ path, line, message }));
  const wanted = entrypoints.filter((entrypoint) => !disable.includes(ruleOf(entrypoint)));
  if (wasm === undefined || wanted.length === 0) return { compiled: [], problems };
  const evaluator = new Evaluator({
    wasm: Buffer.from(wasm, 'base64'),
    entrypoints: wanted.map(({ path }) => path),
    timeoutMs,
  });
  const rules = wanted.map((entrypoint) => ({ rule: ruleOf(entrypoint), severity: severityOf(entrypoint) }));
  return { compiled: [{ name, evaluator, rules }], problems };
}

function isNoTest({ path }: RegoModule): boolean {
  return !path.endsWith('_test.rego');
}

/**
 * `images/latest-tag` for the built-in `hydrant.images.latest_tag`; for a user's rule its
 * package and name: `main/deny`, `kubernetes.security/warn_root`.
 */
function ruleOf({ path, package: name }: Entrypoint): string {
  if (name.startsWith('hydrant.')) return name.split('.').slice(1).join('/').replaceAll('_', '-');
  return `${name}/${path.slice(path.lastIndexOf('/') + 1)}`;
}

function severityOf({ kind, annotations }: Entrypoint): Severity {
  const stated = annotations?.custom?.['severity'];
  if (stated === 'error' || stated === 'warning') return stated;
  return kind === 'warn' ? 'warning' : 'error';
}
