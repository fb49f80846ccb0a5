import type { CustomVersion } from './customVersions.ts';
import { applyDefaults } from './defaults.ts';
import { type JsonObject, MalformedSchema } from './jsonObject.ts';
import type { KindSchema } from './kindSchema.ts';
import { strictRootSchema } from './strictSchema.ts';
import { type Validator, Validators } from './validators.ts';

/** A schema, or why there is none. */
export interface Compiled {
  readonly schema: KindSchema | null;
  readonly reason: string | null;
}

/**
 * Large definitions take half a second to compile, and base and head, and the reviews of
 * one repository, mostly have the same. Kept by text, so never mistaken for another.
 */
const recent = new WeakMap<JsonObject, Map<string, Compiled>>();
const KEPT = 64;

/**
 * The validator of a version of a custom resource, or one that was compiled of the same text.
 * @param builtIn the definitions that `metadata` is checked by.
 */
export function compileOnce(text: string, version: CustomVersion, builtIn: JsonObject): Compiled {
  const ofProcess = recent.get(builtIn) ?? new Map<string, Compiled>();
  recent.set(builtIn, ofProcess);
  const compiled = ofProcess.get(text) ?? compileVersion(version, new Validators(builtIn));
  // Deleted and set again, it is the youngest; the oldest goes.
  ofProcess.delete(text);
  ofProcess.set(text, compiled);
  const [oldest] = ofProcess.keys();
  if (ofProcess.size > KEPT && oldest !== undefined) ofProcess.delete(oldest);
  return compiled;
}

const CALLED = 'the openAPIV3Schema of its CustomResourceDefinition';

/** The validator of a version of a custom resource. */
export function compileVersion(version: CustomVersion, validators: Validators): Compiled {
  const { schema, reason, called = CALLED } = version;
  if (reason !== null) return { schema: null, reason };
  try {
    const check = validators.ofSchema(strictRootSchema(schema, validators.shared));
    return { schema: checkedBy(check, version), reason };
  } catch (error) {
    return {
      schema: null,
      reason: `${called} cannot be used: ${why(error)}`,
    };
  }
}

/** The schema of a version whose resources, with their defaults, a validator checks. */
export function checkedBy(check: Validator, { schema, hasStatus }: CustomVersion): KindSchema {
  return { validate: (value) => check(applyDefaults(value, schema)), hasStatus };
}

function why(error: unknown): string {
  if (error instanceof MalformedSchema) return error.message;
  return error instanceof RangeError ? 'it is nested too deeply' : 'it does not compile';
}
