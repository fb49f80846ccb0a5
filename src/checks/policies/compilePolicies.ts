import type { Engine } from '../../engine/engine.ts';
import type { CompileReply, Entrypoint, RegoModule } from '../../engine/protocol/rego.ts';
import type { PolicyProfile } from '../../model/settings.ts';
import { compileBuiltIn } from './compileBuiltIn.ts';
import { CompiledPolicies } from './compiledPolicies.ts';
import { dataUsed } from './dataUsed.ts';
import { Evaluator, type Limits } from './evaluator.ts';
import type { PolicyProblem, PolicyRule } from './judgement.ts';
import { PolicyModule } from './policyModule.ts';
import { PolicySet } from './policySet.ts';
import { type BuiltInRule, builtInRule, userRule } from './rules.ts';
import { SUPPLIED_BUILTINS } from './suppliedBuiltins.ts';

export interface PolicyOptions {
  readonly engine: Engine;
  /** Which built-in rules count where the next two do not say; those that are on by default where it is left out. */
  readonly profile?: PolicyProfile;
  /** Built-in rules that are switched off. */
  readonly disable?: readonly string[];
  /** Built-in rules that the profile leaves out and are wanted. */
  readonly enable?: readonly string[];
  /** What the built-in rules are told of settings and repository, as `data.hydrant.<name>`. */
  readonly known?: Readonly<Record<string, object>>;
  /** The user's own Rego, in conftest's form; files with tests are left out. */
  readonly userModules?: readonly RegoModule[];
  /** What the user's Rego finds under `data`. */
  readonly userData?: Readonly<Record<string, unknown>>;
  /** Paths of those modules whose rules get all resources of a target at once. */
  readonly combine?: readonly string[];
  /** What the evaluation of one policy may take. */
  readonly limits?: Partial<Limits>;
  /** Where built-in policies that are compiled now are kept, null for nowhere; see {@link compileBuiltIn}. */
  readonly cacheDir?: string | null;
}

/**
 * Compiles the built-in policies and the user's. They are modules of their own, so that no
 * mistake in the user's touches the built-in ones.
 * @returns the policies that compiled, and each error of the user's at its file and line.
 */
export async function compilePolicies(
  options: PolicyOptions,
): Promise<{ policies: PolicySet; problems: readonly PolicyProblem[] }> {
  const [builtIn, user] = await Promise.all([builtInOnes(options), compileUsers(options)]);
  const compiled = [builtIn.compiled, user.compiled].filter((one) => one !== null);
  return { policies: new PolicySet(compiled, builtIn.problems), problems: user.problems };
}

interface Compiled {
  readonly compiled: PolicyModule | null;
  readonly problems: readonly PolicyProblem[];
}

/** Its problems are defects of Hydrant's, and so stand on no line of the repository. */
async function builtInOnes(options: PolicyOptions): Promise<Compiled> {
  const { engine, known = {}, cacheDir } = options;
  const name = 'built-in policies';
  try {
    const { modules, reply } = await compileBuiltIn(engine, cacheDir);
    const counts = (entrypoint: Entrypoint) => isWanted(builtInRule(entrypoint), options);
    const compiled = evaluated(reply, { name, ruleOf: builtInRule, counts, known, modules, options });
    return { compiled, problems: reply.errors.map(({ path, message }) => ({ path, line: 0, message })) };
  } catch (error) {
    return { compiled: null, problems: [{ path: name, line: 0, message: notCompiled(error) }] };
  }
}

async function compileUsers(options: PolicyOptions): Promise<Compiled> {
  const modules = (options.userModules ?? []).filter(({ path }) => !path.endsWith('_test.rego'));
  if (modules.length === 0) return { compiled: null, problems: [] };
  try {
    const { combine = [], userData: data = {} } = options;
    const params = { modules, builtins: SUPPLIED_BUILTINS, form: 'conftest', combine, data } as const;
    const reply = await options.engine.compileRego(params);
    const name = "the repository's policies";
    const compiled = evaluated(reply, {
      name,
      ruleOf: userRule,
      counts: () => true,
      known: {},
      modules,
      data,
      options,
    });
    return { compiled, problems: reply.errors.map(({ path, line, message }) => ({ path, line, message })) };
  } catch (error) {
    // Which of them the compiler could not cope with, it does not say.
    const message = notCompiled(error);
    return { compiled: null, problems: modules.map(({ path }) => ({ path, line: 1, message })) };
  }
}

/** A rule that the settings disable stays off even where they enable it, too. */
function isWanted(one: BuiltInRule, { profile, disable = [], enable = [] }: PolicyOptions): boolean {
  return !disable.includes(one.rule) && (isOfProfile(one, profile) || enable.includes(one.rule));
}

function isOfProfile({ byDefault }: BuiltInRule, profile: PolicyProfile = 'recommended'): boolean {
  return profile === 'strict' || (profile === 'recommended' && byDefault);
}

function notCompiled(error: unknown): string {
  return `the policies could not be compiled: ${error instanceof Error ? error.message : String(error)}`;
}

interface From {
  readonly name: string;
  readonly ruleOf: (entrypoint: Entrypoint) => PolicyRule;
  readonly counts: (entrypoint: Entrypoint) => boolean;
  readonly known: Readonly<Record<string, object>>;
  readonly modules: readonly RegoModule[];
  readonly data?: PolicyOptions['userData'];
  readonly options: PolicyOptions;
}

function evaluated({ wasm, entrypoints = [] }: CompileReply, from: From): PolicyModule | null {
  const wanted = entrypoints.filter((entrypoint) => from.counts(entrypoint));
  if (wasm === undefined || wanted.length === 0) return null;
  const bytes = Buffer.from(wasm, 'base64');
  const rules = wanted.filter(({ kind }) => kind !== 'exception');
  const single = rules.filter(({ combine = false }) => !combine);
  const combined = rules.filter(({ combine = false }) => combine);
  return new PolicyModule({
    single: policiesOf(bytes, withExceptions(single, wanted), { ...from, subject: 'resource' }),
    combined: policiesOf(bytes, withExceptions(combined, wanted), { ...from, subject: 'target' }),
    used: dataUsed(from.modules),
    known: from.known,
    data: from.data ?? {},
  });
}

/** Exceptions get the input of the rules that they except. */
function withExceptions(rules: readonly Entrypoint[], all: readonly Entrypoint[]): Entrypoint[] {
  const packages = new Set(rules.map(({ package: name }) => name));
  return [...rules, ...all.filter(({ kind, package: name }) => kind === 'exception' && packages.has(name))];
}

function policiesOf(
  wasm: Uint8Array,
  entrypoints: readonly Entrypoint[],
  { name, ruleOf, subject, options: { limits } }: From & { readonly subject: string },
): CompiledPolicies | null {
  if (entrypoints.length === 0) return null;
  const evaluator = new Evaluator({
    wasm,
    entrypoints: entrypoints.map(({ path }) => path),
    subject,
    ...(limits === undefined ? {} : { limits }),
  });
  return new CompiledPolicies({ name, evaluator, rules: entrypoints.map(ruleOf) });
}
