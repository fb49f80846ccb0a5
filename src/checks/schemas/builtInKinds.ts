import { type ApiHistory, readApiHistory } from './apiHistory.ts';
import type { JsonObject } from './jsonObject.ts';
import type { KindSchema } from './kindSchema.ts';
import {
  type ReadSchemas,
  readKubernetesSchemas,
  SUPPORTED_KUBERNETES_VERSIONS,
} from './kubernetesSchemas.ts';
import { readReady } from './ready/readyFile.ts';
import { ReadyValidators } from './ready/readyValidators.ts';
import { Validators } from './validators.ts';

const opened = new Map<string, BuiltInKinds>();

/**
 * The built-in kinds of a minor version. All reviews of a process share them, and so their
 * compiled validators.
 * @throws {RangeError} for a version that is not shipped.
 */
export async function openBuiltInKinds(minor: string): Promise<BuiltInKinds> {
  const [schemas, newest, history] = await Promise.all([
    readKubernetesSchemas(minor),
    readKubernetesSchemas(SUPPORTED_KUBERNETES_VERSIONS[0]),
    readApiHistory(),
  ]);
  const ever = [...new Set([...Object.keys(schemas.kinds), ...Object.keys(newest.kinds), ...history.keys()])];
  const kinds = opened.get(minor) ?? new BuiltInKinds(minor, schemas, { history, ever });
  opened.set(minor, kinds);
  return kinds;
}

/** The kinds that a Kubernetes release serves itself. */
export class BuiltInKinds {
  readonly minor: string;
  /** Such as `apps/v1 Deployment`. */
  readonly names: readonly string[];
  readonly definitions: JsonObject;
  readonly history: ApiHistory;
  /** The names of all kinds that any known version has or had. */
  readonly ever: readonly string[];
  /** Those of its validators that the build made. */
  readonly ready: ReadyValidators;
  readonly #kinds: ReadonlyMap<string, string>;
  readonly #validators: Validators;
  readonly #compiled = new Map<string, KindSchema>();

  constructor(
    minor: string,
    { kinds, definitions, text }: ReadSchemas,
    { history, ever }: { readonly history: ApiHistory; readonly ever: readonly string[] },
  ) {
    this.minor = minor;
    this.history = history;
    this.ever = ever;
    this.names = Object.keys(kinds);
    this.definitions = definitions;
    this.#kinds = new Map(Object.entries(kinds));
    this.ready = new ReadyValidators(readReady(`kubernetes-${minor}`, text));
    this.#validators = new Validators(definitions);
  }

  /** The schema of a kind; where the build made no validator of it, it is compiled when it is first asked for. */
  schema(name: string): KindSchema | undefined {
    const definition = this.#kinds.get(name);
    if (definition === undefined) return undefined;
    const schema = this.#compiled.get(name) ?? {
      validate: this.ready.of(definition) ?? this.#validators.ofDefinition(definition),
      hasStatus: true,
    };
    this.#compiled.set(name, schema);
    return schema;
  }
}
