import type { Target } from '../../model/target.ts';
import type { ClusterView } from './clusterView.ts';
import type { CompiledPolicies } from './compiledPolicies.ts';
import type { DataUsed } from './dataUsed.ts';
import type { InputJudgement } from './judgement.ts';
import type { NearbyResources } from './nearbyView.ts';

/** What manifests are judged with. */
export interface Surroundings {
  readonly target: Target;
  /** Left out where nothing is known of other targets. */
  readonly cluster?: ClusterView | undefined;
  readonly near?: NearbyResources | undefined;
}

/** Policies that were compiled together: those for one resource, and those for all of a target. */
export class PolicyModule {
  readonly #single: CompiledPolicies | null;
  readonly #combined: CompiledPolicies | null;
  readonly #used: DataUsed;
  /** Parts of the data that are the same for all targets. */
  readonly #known: readonly string[];
  /** Of the user's data, without the braces around it. */
  readonly #data: string;
  readonly #around = new WeakMap<ClusterView, Map<string, string>>();

  constructor(options: {
    readonly single: CompiledPolicies | null;
    readonly combined: CompiledPolicies | null;
    readonly used: DataUsed;
    /** Further data, by name. */
    readonly known?: Readonly<Record<string, object>>;
    /** Further members of `data`. */
    readonly data?: Readonly<Record<string, unknown>>;
  }) {
    this.#single = options.single;
    this.#combined = options.combined;
    this.#used = options.used;
    this.#known = Object.entries(options.known ?? {}).map(
      ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
    );
    this.#data = JSON.stringify(options.data ?? {}).slice(1, -1);
  }

  /** True where rules look at other targets of the cluster. */
  get looksAround(): boolean {
    return this.#combined !== null && this.#used.cluster;
  }

  /** True where rules look at what is near the target, see {@link NearbyResources}. */
  get looksNear(): boolean {
    return this.#combined !== null && this.#used.near;
  }

  /**
   * By the rules for one resource, each a document of its own as `input`.
   * @returns a judgement for each manifest; none where there are no such rules.
   */
  async judgeEach(manifests: readonly string[], { target }: Surroundings): Promise<InputJudgement[]> {
    return (await this.#single?.judge(manifests, this.#dataText(this.#targetData(target)))) ?? [];
  }

  /**
   * By the rules for all resources of a target, in the form of `conftest --combine`: `input` is
   * a list of `{"path", "contents"}`, in the order of the manifests. `path` is the target's folder.
   * @returns one judgement; null where there are no such rules.
   */
  async judgeTogether(
    manifests: readonly string[],
    surroundings: Surroundings,
  ): Promise<InputJudgement | null> {
    if (this.#combined === null) return null;
    const path = JSON.stringify(surroundings.target.path);
    const input = `[${manifests.map((manifest) => `{"path":${path},"contents":${manifest}}`).join(',')}]`;
    const [judgement] = await this.#combined.judge([input], this.#dataAround(surroundings));
    return judgement ?? null;
  }

  /** One text for all targets that see the same: it can be large. */
  #dataAround({ target, cluster, near }: Surroundings): string {
    const parts = this.#targetData(target);
    if (this.#used.near && near !== undefined) return this.#dataText([...parts, `"near":${near.text}`]);
    if (!this.#used.cluster || cluster === undefined) return this.#dataText(parts);
    const ofCluster = this.#around.get(cluster) ?? new Map<string, string>();
    this.#around.set(cluster, ofCluster);
    const key = parts.join();
    const text = ofCluster.get(key) ?? this.#dataText([...parts, `"cluster":${cluster.text}`]);
    ofCluster.set(key, text);
    return text;
  }

  #targetData(target: Target): string[] {
    const fields = this.#used.target;
    if (fields.length === 0) return [...this.#known];
    const values = Object.fromEntries(fields.map((field) => [field, target[field]]));
    return [...this.#known, `"target":${JSON.stringify(values)}`];
  }

  #dataText(parts: readonly string[]): string {
    const own = parts.length === 0 ? [] : [`"hydrant":{${parts.join(',')}}`];
    return `{${[...own, this.#data].filter((part) => part !== '').join(',')}}`;
  }
}
