import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, valueAt } from '../../model/manifest.ts';
import type { FluxContext } from './fluxContext.ts';

/** An expression that begins with a variable's name, with or without default; `$${NAME}` is none. */
const EXPRESSION = /(?<!\$)\$\{#?(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<plain>\})?/g;

/** More than any manifest that people write. */
const MAX_BYTES = 1024 * 1024;

/** The variables that a Kustomization's manifests use. */
export interface VariableUses {
  readonly names: ReadonlySet<string>;
  /** Those that are used without a default, in order of names. */
  readonly withoutDefault: readonly string[];
}

/**
 * The variables in the files that a Kustomization reads, in its own patches, and in what was
 * rendered of it so far, where an unknown one stays as it is written.
 */
export async function variableUses(
  { snapshot, objects }: FluxContext,
  object: FoundObject,
  target: { readonly id: string; readonly files: readonly string[] },
): Promise<VariableUses> {
  const names = new Set<string>();
  const plain = new Set<string>();
  const search = (text: string) => {
    for (const { groups } of text.matchAll(EXPRESSION)) {
      const name = groups?.['name'];
      if (name === undefined) continue;
      names.add(name);
      if (groups?.['plain'] !== undefined) plain.add(name);
    }
  };
  for (const file of target.files) {
    if (snapshot.entries.get(file)?.kind !== 'file') continue;
    const bytes = await snapshot.read(file);
    if (bytes.length <= MAX_BYTES) search(new TextDecoder().decode(bytes));
  }
  search(ownTexts(object));
  for (const { place, resource } of objects) {
    if (place.in === 'rendering' && place.target.id === target.id) search(JSON.stringify(resource.manifest));
  }
  return { names, withoutDefault: [...plain].toSorted() };
}

/** What the object itself adds to its manifests. */
function ownTexts({ resource }: FoundObject): string {
  const spec = valueAt(resource.manifest, Kind.Kustomization('spec'));
  if (!isObject(spec)) return '';
  const { postBuild: _, ...rest } = spec;
  return JSON.stringify(rest);
}
