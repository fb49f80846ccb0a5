import type { ManifestObject } from '../../model/manifest.ts';
import { type CustomVersion, customVersions } from './customVersions.ts';
import type { JsonObject } from './jsonObject.ts';
import type { KindSchema } from './kindSchema.ts';
import { Validators } from './validators.ts';

/** The kinds that CustomResourceDefinition manifests give. */
export class CustomKinds {
  readonly #versions: ReadonlyMap<string, readonly CustomVersion[]>;
  readonly #compiled = new Map<string, readonly KindSchema[]>();
  readonly #reasons = new Map<string, string>();
  readonly #builtIn: JsonObject;

  /** @param builtIn the definitions that `metadata` is checked by. */
  constructor(definitions: readonly ManifestObject[], builtIn: JsonObject) {
    this.#versions = byName(definitions.flatMap(customVersions));
    this.#builtIn = builtIn;
  }

  /** The different schemas that definitions give for a kind; none where there is none to use. */
  schemas(name: string): readonly KindSchema[] {
    const compiled = this.#compiled.get(name) ?? this.#compile(name);
    this.#compiled.set(name, compiled);
    return compiled;
  }

  /** Why a kind that is defined has no schema. */
  reason(name: string): string | undefined {
    return this.#reasons.get(name);
  }

  #compile(name: string): KindSchema[] {
    // Overlays of one base render the same definition many times.
    const different = new Map(this.#versions.get(name)?.map((version) => [JSON.stringify(version), version]));
    return [...different.values()].flatMap(({ schema, reason, hasStatus }) => {
      if (schema === null) {
        this.#reasons.set(name, reason);
        return [];
      }
      try {
        return [{ validate: new Validators(this.#builtIn).ofSchema(schema), hasStatus }];
      } catch (error) {
        this.#reasons.set(
          name,
          `the schema of its CustomResourceDefinition cannot be used: ${describe(error)}`,
        );
        return [];
      }
    });
  }
}

function byName(versions: readonly CustomVersion[]): Map<string, CustomVersion[]> {
  const named = new Map<string, CustomVersion[]>();
  for (const version of versions) named.set(version.name, [...(named.get(version.name) ?? []), version]);
  return named;
}

function describe(error: unknown): string {
  return error instanceof RangeError ? 'it is nested too deeply' : 'it does not compile';
}
