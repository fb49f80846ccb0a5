import type { Violation } from '../../model/finding.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import { apiVersionOf, type Resource } from '../../model/resource.ts';
import { isSecret } from '../../model/secretValue.ts';
import { lifecycleViolations } from './apiLifecycle.ts';
import { type BuiltInKinds, openBuiltInKinds } from './builtInKinds.ts';
import { CustomKinds } from './customKinds.ts';
import { type CustomVersion, customVersions } from './customVersions.ts';
import { decrypted } from './decrypted.ts';
import { explain } from './explain.ts';
import { missingIdentity } from './identity.ts';
import type { KindSchema, KindSource } from './kindSchema.ts';
import { servedVersions } from './servedVersions.ts';
import { openShippedKinds } from './shippedKinds.ts';
import { unservedKind, unservedVersion } from './unservedKind.ts';
import { withoutHidden } from './withoutHidden.ts';

export { SUPPORTED_KUBERNETES_VERSIONS } from './kubernetesSchemas.ts';

type SchemaCheck =
  | { readonly status: 'checked'; readonly violations: readonly Violation[] }
  | {
      readonly status: 'no-schema';
      /** Why, or what may have been meant; a part of a sentence. */
      readonly hint?: string;
    };

/**
 * The schemas that one commit's resources are checked by. The first that has a kind counts: those of
 * Kubernetes itself, the definitions that were added (in the order in which they were added), and the
 * catalogue that Hydrant ships.
 */
export interface SchemaSet {
  /**
   * Checks one resource, not a List. Messages name the field and what is allowed, and never
   * a Secret's value.
   */
  check(resource: Resource): SchemaCheck;
  /**
   * The different definitions of a custom kind, such as `example.com/v1 Widget`: the commit's
   * own, or that of the shipped catalogue.
   */
  customVersions(name: string): readonly CustomVersion[];
  /**
   * This set and the kinds of CustomResourceDefinition manifests, which count where none
   * that was added before says anything of a kind.
   * @param isApplied true for definitions that the commit renders: what they do not serve is refused.
   */
  withCustomDefinitions(definitions: readonly ManifestObject[], isApplied?: boolean): SchemaSet;
  /** This set with the schemas of further kinds, which are asked after those added before. */
  withVersions(versions: readonly CustomVersion[]): SchemaSet;
}

/**
 * The schemas of a Kubernetes minor version, such as `1.37`. The file is read once per
 * process, and a kind's validator is made when its first resource comes.
 * @throws {RangeError} for a version that is not shipped.
 */
export async function openSchemaSet({
  kubernetesVersion,
}: {
  readonly kubernetesVersion: string;
}): Promise<SchemaSet> {
  return new OpenedSchemas(await openBuiltInKinds(kubernetesVersion), []);
}

class OpenedSchemas implements SchemaSet {
  readonly #builtIn: BuiltInKinds;
  /** The commit's own, and all; in the order in which they are asked. */
  readonly #own: readonly KindSource[];
  readonly #sources: readonly KindSource[];

  constructor(builtIn: BuiltInKinds, own: readonly KindSource[]) {
    this.#builtIn = builtIn;
    this.#own = own;
    this.#sources = [...own, openShippedKinds(builtIn)];
  }

  withCustomDefinitions(definitions: readonly ManifestObject[], isApplied = false): SchemaSet {
    return this.#with(definitions.flatMap(customVersions), isApplied);
  }

  withVersions(versions: readonly CustomVersion[]): SchemaSet {
    return this.#with(versions, false);
  }

  #with(versions: readonly CustomVersion[], isApplied: boolean): SchemaSet {
    const kinds = new CustomKinds(versions, this.#builtIn.definitions, isApplied);
    return new OpenedSchemas(this.#builtIn, [...this.#own, kinds]);
  }

  customVersions(name: string): readonly CustomVersion[] {
    return this.#sourceOf(name)?.versions(name) ?? [];
  }

  check(resource: Resource): SchemaCheck {
    const unnamed = missingIdentity(resource.manifest);
    const apiVersion = apiVersionOf(resource);
    if (apiVersion === '' || resource.kind === '') return { status: 'checked', violations: unnamed };
    const name = `${apiVersion} ${resource.kind}`;
    try {
      const builtIn = this.#builtIn.schema(name);
      const schemas = builtIn === undefined ? (this.#sourceOf(name)?.schemas(name) ?? []) : [builtIn];
      const life =
        builtIn === undefined && schemas.length > 0 ? [] : lifecycleViolations(name, this.#builtIn);
      if (schemas.length > 0) {
        return { status: 'checked', violations: [...unnamed, ...life, ...fewest(schemas, resource)] };
      }
      const refused = [
        ...life.filter(({ severity }) => severity === 'error'),
        ...this.#unserved(resource, name),
      ];
      return refused.length > 0
        ? { status: 'checked', violations: [...unnamed, ...refused] }
        : withoutSchema(this.#hint(resource, name));
    } catch (error) {
      // A manifest nested deeper than the stack; the other resources go on.
      if (error instanceof RangeError) return withoutSchema('it is nested too deeply to be checked');
      throw error;
    }
  }

  #sourceOf(name: string): KindSource | undefined {
    return this.#sources.find((source) => source.covers(name));
  }

  /** What is known to be served by no cluster. */
  #unserved(resource: Resource, name: string): Violation[] {
    const source = this.#sourceOf(name);
    if (source === undefined) return unservedKind(resource, this.#builtIn);
    const served = source.served(name);
    return served === null || served.includes(apiVersionOf(resource))
      ? []
      : [unservedVersion(resource, served)];
  }

  #hint(resource: Resource, name: string): string | undefined {
    const reason = this.#sourceOf(name)?.reason(name);
    return reason ?? servedVersions(resource, this.#builtIn.names, this.#builtIn.minor);
  }
}

function withoutSchema(hint: string | undefined): SchemaCheck {
  return hint === undefined ? { status: 'no-schema' } : { status: 'no-schema', hint };
}

/**
 * Where several clusters define a kind differently, nobody here knows which definition is
 * meant; what at least one of them accepts is no mistake.
 */
function fewest(schemas: readonly KindSchema[], resource: Resource): Violation[] {
  const manifest = decrypted(resource.manifest);
  const plain = withoutHidden(manifest);
  const quote = !isSecret(resource.kind, apiVersionOf(resource));
  const judged = schemas.map(({ validate, hasStatus, mayBeOlder = false }) =>
    explain(validate(plain), manifest, { quote, ignoreMissingStatus: hasStatus, mayBeOlder }),
  );
  return judged.toSorted((one, other) => one.length - other.length)[0] ?? [];
}
