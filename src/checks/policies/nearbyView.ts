import type { ManifestValue } from '../../model/manifest.ts';

/** What the built-in rules for all resources of a target see around it, as `data.hydrant.near`. */
export interface NearbyResources {
  /**
   * JSON: the target's `kind`, the `namespace` of what states none, the differences
   * that its operator `ignores`, the environments whose targets are made of the same (`alike`); the namespaces that
   * something which did not render may stand in (`unknown`, null for any); and the `resources`
   * by kind and name, a list of `{"namespace", "contents"}`: of the target's namespaces, on its
   * cluster, as far as rules look at them.
   */
  readonly text: string;
  /** Whether rules see the same in it as in another's, found without making the texts. */
  isLike(other: NearbyResources): boolean;
}

export interface Entry {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly contents: ManifestValue;
}

/** What targets of one cluster share. */
export interface Shared {
  readonly entries: readonly Entry[];
  /** Places in `entries` by namespace, in their order. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly unknown: readonly (string | null)[];
  /** JSON of resources, by the namespaces that are asked for. */
  readonly texts: Map<string, string>;
  /** Whether those resources are the ones of another commit, by it and the namespaces. */
  readonly alike: Map<Shared, Map<string, boolean>>;
}

/** What is made only where a rule looks at it. */
export class NearbyView implements NearbyResources {
  readonly #about: string;
  readonly #namespaces: readonly string[];
  readonly #there: Shared;

  constructor(about: string, namespaces: readonly string[], there: Shared) {
    this.#about = about;
    this.#namespaces = namespaces;
    this.#there = there;
  }

  get text(): string {
    return `${this.#about.slice(0, -1)},"resources":${resourcesIn(this.#namespaces, this.#there)}}`;
  }

  isLike(other: NearbyResources): boolean {
    if (!(other instanceof NearbyView)) return this.text === other.text;
    const [names, others] = [JSON.stringify(this.#namespaces), JSON.stringify(other.#namespaces)];
    return this.#about === other.#about && names === others && this.#hasResourcesOf(other, names);
  }

  #hasResourcesOf(other: NearbyView, names: string): boolean {
    const known = this.#there.alike.get(other.#there) ?? new Map<string, boolean>();
    this.#there.alike.set(other.#there, known);
    const isAlike = known.get(names) ?? areAlike(this.#resources(), other.#resources());
    known.set(names, isAlike);
    return isAlike;
  }

  #resources(): readonly Entry[] {
    return entriesIn(this.#namespaces, this.#there);
  }
}

function areAlike(some: readonly Entry[], others: readonly Entry[]): boolean {
  return (
    some.length === others.length &&
    some.every((entry, place) => {
      const other = others[place];
      // Equal renderings are one object at both commits.
      return other !== undefined && (entry.contents === other.contents || textOf(entry) === textOf(other));
    })
  );
}

function textOf({ kind, name, namespace, contents }: Entry): string {
  return JSON.stringify([kind, name, namespace, contents]);
}

/** The places of entries by their namespace. */
export function placesOf(entries: readonly Entry[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, { namespace }] of entries.entries()) {
    const others = places.get(namespace);
    if (others === undefined) places.set(namespace, [place]);
    else others.push(place);
  }
  return places;
}

/** By kind and name, which is how rules look for them. An empty namespace may be any. */
function resourcesIn(namespaces: readonly string[], there: Shared): string {
  const { texts } = there;
  const key = namespaces.includes('') ? '' : JSON.stringify(namespaces);
  const known = texts.get(key);
  if (known !== undefined) return known;
  const kinds = new Map<string, Map<string, object[]>>();
  for (const { kind, name, namespace, contents } of entriesIn(namespaces, there)) {
    const names = kinds.get(kind) ?? new Map<string, object[]>();
    kinds.set(kind, names);
    const alike = names.get(name);
    if (alike === undefined) names.set(name, [{ namespace, contents }]);
    else alike.push({ namespace, contents });
  }
  const text = JSON.stringify(
    Object.fromEntries([...kinds].map(([kind, names]) => [kind, Object.fromEntries(names)])),
  );
  texts.set(key, text);
  return text;
}

/** In their order. An empty namespace may be any. */
function entriesIn(namespaces: readonly string[], { entries, places }: Shared): readonly Entry[] {
  if (namespaces.includes('')) return entries;
  return [...new Set([...namespaces, ''])]
    .flatMap((namespace) => places.get(namespace) ?? [])
    .toSorted((a, b) => a - b)
    .flatMap((place) => entries[place] ?? []);
}
