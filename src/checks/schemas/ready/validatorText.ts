import type { ValidateFunction } from 'ajv';
import { KEYWORDS } from '../keywords.ts';

type Source = NonNullable<ValidateFunction['source']>;
type ScopeName = Source['validateName'];

/** What a validator may call, and how its text calls it. */
export interface Called {
  /** The name of the definition that another validator is of. */
  readonly nameOf: (validate: unknown) => string | undefined;
  /** Such as `kubernetesFormat("int32")`, for what a keyword and its value became. */
  readonly judgeOf: (judge: unknown) => string | undefined;
}

/**
 * The text of a function that returns a validator which ajv compiled: what its own
 * https://github.com/ajv-validator/ajv/blob/v8.20.0/lib/standalone/index.ts writes for a module, but
 * for one definition alone, which asks for others when a value first needs them. `linkValidator` calls it.
 * @throws {Error} where it calls something that has no name.
 */
export function validatorText(validate: ValidateFunction, called: Called): string {
  const { source } = validate;
  if (source === undefined) throw new Error('the validator was compiled without its source');
  const names = Object.values(source.scopeValues).flatMap((set) => [...(set ?? [])]);
  return [...names.map((name) => declaration(name, called)), `return ${source.validateCode}`].join('\n');
}

function declaration({ str: name, prefix, value }: ScopeName, { nameOf, judgeOf }: Called): string {
  const { ref, code } = value ?? {};
  if (code !== undefined) return `const ${name} = ${String(code)};`;
  const judge = ownKeyword(ref) ?? judgeOf(ref);
  if (prefix === 'keyword' && judge !== undefined) return `const ${name} = keywords.${judge};`;
  const definition = nameOf(ref);
  if (prefix !== 'validate' || definition === undefined) throw new Error(`${name} is not known by a name`);
  // The first call puts what it finds in its own place, so that later ones, and who reads its errors, find just that.
  return `let ${name} = (...given) => (${name} = reference(${JSON.stringify(definition)}))(...given);`;
}

function ownKeyword(judge: unknown): string | undefined {
  return Object.entries(KEYWORDS).find(([, one]) => one === judge)?.[0];
}
