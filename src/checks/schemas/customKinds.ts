import { type Compiled, compileOnce } from './compileVersion.ts';
import type { CustomVersion } from './customVersions.ts';
import type { JsonObject } from './jsonObject.ts';
import type { KindSchema, KindSource } from './kindSchema.ts';

/** The kinds that definitions give: CustomResourceDefinitions, or files with schemas. */
export class CustomKinds implements KindSource {
  readonly #versions: ReadonlyMap<string, readonly CustomVersion[]>;
  readonly #kinds: ReadonlyMap<string, readonly string[]>;
  readonly #compiled = new Map<string, readonly Compiled[]>();
  readonly #builtIn: JsonObject;
  readonly #isApplied: boolean;

  /**
   * @param builtIn the definitions that `metadata` is checked by.
   * @param isApplied true for definitions that are rendered, and so are what clusters have.
   */
  constructor(versions: readonly CustomVersion[], builtIn: JsonObject, isApplied = false) {
    this.#isApplied = isApplied;
    this.#versions = grouped(versions, ({ name }) => name);
    const whole = versions.filter(({ called }) => called === undefined).map(({ name }) => name);
    this.#kinds = grouped([...new Set(whole)], withoutVersion);
    this.#builtIn = builtIn;
  }

  /** A cluster has the versions that its definition has, and no others; a schema file is of one version. */
  covers(name: string): boolean {
    return this.#versions.has(name) || this.#kinds.has(withoutVersion(name));
  }

  schemas(name: string): readonly KindSchema[] {
    return this.#compile(name).flatMap(({ schema }) => (schema === null ? [] : [schema]));
  }

  reason(name: string): string | undefined {
    const others = this.#kinds.get(withoutVersion(name)) ?? [];
    if (!this.#versions.has(name) && others.length > 0) {
      const served = others.map((other) => other.split(' ')[0]).join(' and ');
      return `its CustomResourceDefinition has only ${served}`;
    }
    return this.#compile(name).find(({ reason }) => reason !== null)?.reason ?? undefined;
  }

  served(name: string): readonly string[] | null {
    if (!this.#isApplied) return null;
    const names = this.#kinds.get(withoutVersion(name)) ?? [];
    const served = names.filter((one) => this.#versions.get(one)?.some(({ isServed }) => isServed !== false));
    return served.map((one) => one.split(' ')[0] ?? '');
  }

  versions(name: string): readonly CustomVersion[] {
    return this.#different(name).map(([, version]) => version);
  }

  #compile(name: string): readonly Compiled[] {
    const known = this.#compiled.get(name);
    if (known !== undefined) return known;
    const compiled = this.#different(name).map(([text, version]) =>
      compileOnce(text, version, this.#builtIn),
    );
    this.#compiled.set(name, compiled);
    return compiled;
  }

  /** By their text: overlays of one base render the same definition many times. */
  #different(name: string): [string, CustomVersion][] {
    return [...new Map(this.#versions.get(name)?.map((version) => [JSON.stringify(version), version]))];
  }
}

/** `example.com Widget` of `example.com/v1 Widget`. */
function withoutVersion(name: string): string {
  return name.replace(/\/\S*/, '');
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
