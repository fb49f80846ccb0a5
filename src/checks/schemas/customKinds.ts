import type { ManifestObject } from '../../model/manifest.ts';
import { type CustomVersion, customVersions } from './customVersions.ts';
import { applyDefaults } from './defaults.ts';
import { type JsonObject, MalformedSchema } from './jsonObject.ts';
import type { KindSchema } from './kindSchema.ts';
import { strictRootSchema } from './strictSchema.ts';
import { Validators } from './validators.ts';

/** The kinds that CustomResourceDefinition manifests give. */
export class CustomKinds {
  readonly #versions: ReadonlyMap<string, readonly CustomVersion[]>;
  readonly #compiled = new Map<string, readonly Compiled[]>();
  readonly #builtIn: JsonObject;

  /** @param builtIn the definitions that `metadata` is checked by. */
  constructor(definitions: readonly ManifestObject[], builtIn: JsonObject) {
    this.#versions = byName(definitions.flatMap(customVersions));
    this.#builtIn = builtIn;
  }

  /** The different schemas that definitions give for a kind; none where there is none to use. */
  schemas(name: string): readonly KindSchema[] {
    return this.#compile(name).flatMap(({ schema }) => (schema === null ? [] : [schema]));
  }

  /** The different things that definitions say of a kind. */
  versions(name: string): readonly CustomVersion[] {
    return [...this.#different(name).values()];
  }

  /** Why a kind that is defined has no schema. */
  reason(name: string): string | undefined {
    return this.#compile(name).find(({ reason }) => reason !== null)?.reason ?? undefined;
  }

  #compile(name: string): readonly Compiled[] {
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const compiled = [...this.#different(name)].map(([text, version]) => this.#compileOnce(text, version));
    this.#compiled.set(name, compiled);
    return compiled;
  }

  /** By their text: overlays of one base render the same definition many times. */
  #different(name: string): Map<string, CustomVersion> {
    return new Map(this.#versions.get(name)?.map((version) => [JSON.stringify(version), version]));
  }

  #compileOnce(text: string, version: CustomVersion): Compiled {
    const ofProcess = recent.get(this.#builtIn) ?? new Map<string, Compiled>();
    recent.set(this.#builtIn, ofProcess);
    const compiled = ofProcess.get(text) ?? compile(version, this.#builtIn);
    // Deleted and set again, it is the youngest; the oldest goes.
    ofProcess.delete(text);
    ofProcess.set(text, compiled);
    const [oldest] = ofProcess.keys();
    if (ofProcess.size > KEPT && oldest !== undefined) ofProcess.delete(oldest);
    return compiled;
  }
}

/** A schema, or why there is none. */
interface Compiled {
  readonly schema: KindSchema | null;
  readonly reason: string | null;
}

function byName(versions: readonly CustomVersion[]): Map<string, CustomVersion[]> {
  const named = new Map<string, CustomVersion[]>();
  for (const version of versions) named.set(version.name, [...(named.get(version.name) ?? []), version]);
  return named;
}

/**
 * Large definitions take half a second to compile, and base and head, and the reviews of
 * one repository, mostly have the same. Kept by text, so never mistaken for another.
 */
const recent = new WeakMap<JsonObject, Map<string, Compiled>>();
const KEPT = 64;

function compile({ schema, reason, hasStatus }: CustomVersion, builtIn: JsonObject): Compiled {
  if (reason !== null) return { schema: null, reason };
  try {
    const check = new Validators(builtIn).ofSchema(strictRootSchema(schema));
    return { schema: { validate: (value) => check(applyDefaults(value, schema)), hasStatus }, reason };
  } catch (error) {
    return {
      schema: null,
      reason: `the openAPIV3Schema of its CustomResourceDefinition cannot be used: ${why(error)}`,
    };
  }
}

function why(error: unknown): string {
  if (error instanceof MalformedSchema) return error.message;
  return error instanceof RangeError ? 'it is nested too deeply' : 'it does not compile';
}
