import { isObject, type ManifestValue } from '../../model/manifest.ts';
import type { Rendering } from '../../model/rendering.ts';

/** What is called something: it can be read in any case, and a report has to say it. */
export class Names {
  readonly #renderings: readonly Rendering[];
  readonly #shown: ReadonlySet<string>;
  #all: string | null = null;

  /** @param shown ids of the targets that the report may show, whose fields count. */
  constructor(renderings: readonly Rendering[], shown: ReadonlySet<string>) {
    this.#renderings = renderings;
    this.#shown = shown;
  }

  /**
   * True for a name of a resource, its kind or namespace, of a target or where it is applied, of
   * a file or a field, and for a part of one.
   */
  has(text: string): boolean {
    this.#all ??= namesIn(this.#renderings, this.#shown);
    return this.#all.includes(text.toLowerCase());
  }
}

function namesIn(renderings: readonly Rendering[], shown: ReadonlySet<string>): string {
  const names = new Set<string>();
  for (const { target, trace, ...rendering } of renderings) {
    for (const name of [target.id, target.path, target.cluster, target.environment]) names.add(name ?? '');
    for (const { path } of trace) names.add(path);
    if (rendering.status !== 'rendered') continue;
    for (const { kind, namespace, name, manifest } of rendering.resources) {
      for (const one of [kind, namespace ?? '', name]) names.add(one);
      if (shown.has(target.id)) addFields(manifest, names);
    }
  }
  return [...names].join('\n').toLowerCase();
}

function addFields(value: ManifestValue, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) addFields(item, names);
  else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      names.add(name);
      addFields(item, names);
    }
  }
}
