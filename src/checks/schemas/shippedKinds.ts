import type { BuiltInKinds } from './builtInKinds.ts';
import { checkedBy, compileVersion } from './compileVersion.ts';
import type { CustomVersion } from './customVersions.ts';
import type { KindSchema, KindSource } from './kindSchema.ts';
import { readReady } from './ready/readyFile.ts';
import { ReadyValidators } from './ready/readyValidators.ts';
import type { SharedSchemas } from './sharedSchemas.ts';
import { type ShippedProject, shippedIndex, shippedProject } from './shippedFiles.ts';
import { Validators } from './validators.ts';

const opened = new WeakMap<BuiltInKinds, ShippedKinds>();

/**
 * The kinds of `schemas/catalogue/`. All reviews of a process share what is compiled.
 * @param builtIn whose definition `metadata` is checked by.
 */
export function openShippedKinds(builtIn: BuiltInKinds): ShippedKinds {
  const kinds = opened.get(builtIn) ?? new ShippedKinds(builtIn);
  opened.set(builtIn, kinds);
  return kinds;
}

/** The custom resources of well-known projects, from the files that ship with Hydrant. */
export class ShippedKinds implements KindSource {
  readonly #builtIn: BuiltInKinds;
  readonly #ready = new Map<string, ReadyValidators>();
  readonly #validators = new Map<SharedSchemas, Validators>();
  readonly #compiled = new Map<string, readonly KindSchema[]>();

  constructor(builtIn: BuiltInKinds) {
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
    const ready = this.#readyOf(project).of(name);
    const schema =
      ready === undefined
        ? compileVersion(version, this.#validatorsOf(project)).schema
        : checkedBy(ready, version);
    return schema === null ? [] : [{ ...schema, mayBeOlder: true }];
  }

  /** Those that the build made. */
  #readyOf({ file, text }: ShippedProject): ReadyValidators {
    const ready = this.#ready.get(file) ?? new ReadyValidators(readReady(file, text), this.#builtIn.ready);
    this.#ready.set(file, ready);
    return ready;
  }

  #validatorsOf({ shared }: ShippedProject): Validators {
    const validators = this.#validators.get(shared) ?? new Validators(this.#builtIn.definitions, shared);
    this.#validators.set(shared, validators);
    return validators;
  }
}
