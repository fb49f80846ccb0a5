import { compileVersion } from './compileVersion.ts';
import type { CustomVersion } from './customVersions.ts';
import type { JsonObject } from './jsonObject.ts';
import type { KindSchema, KindSource } from './kindSchema.ts';
import type { SharedSchemas } from './sharedSchemas.ts';
import { shippedIndex, shippedProject } from './shippedFiles.ts';
import { Validators } from './validators.ts';

const opened = new WeakMap<JsonObject, ShippedKinds>();

/**
 * The kinds of `schemas/catalogue/`. All reviews of a process share what is compiled.
 * @param builtIn the definitions that `metadata` is checked by.
 */
export function openShippedKinds(builtIn: JsonObject): ShippedKinds {
  const kinds = opened.get(builtIn) ?? new ShippedKinds(builtIn);
  opened.set(builtIn, kinds);
  return kinds;
}

/** The custom resources of well-known projects, from the files that ship with Hydrant. */
export class ShippedKinds implements KindSource {
  readonly #builtIn: JsonObject;
  readonly #validators = new Map<SharedSchemas, Validators>();
  readonly #compiled = new Map<string, readonly KindSchema[]>();

  constructor(builtIn: JsonObject) {
    this.#builtIn = builtIn;
  }

  covers(name: string): boolean {
    return Object.hasOwn(shippedIndex(), name);
  }

  schemas(name: string): readonly KindSchema[] {
    const schemas = this.#compiled.get(name) ?? this.#compile(name);
    this.#compiled.set(name, schemas);
    return schemas;
  }

  reason(): undefined {
    return undefined;
  }

  served(): null {
    return null;
  }

  versions(name: string): readonly CustomVersion[] {
    const version = shippedProject(name)?.version(name);
    return version === undefined ? [] : [version];
  }

  #compile(name: string): readonly KindSchema[] {
    const project = shippedProject(name);
    const version = project?.version(name);
    if (project === undefined || version === undefined) return [];
    const { shared } = project;
    const validators = this.#validators.get(shared) ?? new Validators(this.#builtIn, shared);
    this.#validators.set(shared, validators);
    const { schema } = compileVersion(version, validators);
    return schema === null ? [] : [{ ...schema, mayBeOlder: true }];
  }
}
