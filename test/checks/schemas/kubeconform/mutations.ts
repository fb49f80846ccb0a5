import { fc } from '../../../helpers/properties.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Path = (string | number)[];

/** A manifest with one thing changed, and what it was. */
export interface Mutated {
  readonly what: string;
  readonly text: string;
}

/** What may go wrong with a value; each gives another one, or nothing where it does not fit. */
const CHANGES: Readonly<Record<string, (value: Json) => Json | undefined>> = {
  'unknown field': (value) => (isMapping(value) ? { ...value, fieldThatIsNot: 'x' } : undefined),
  'null for it': () => null,
  'text for it': (value) => (typeof value === 'string' ? undefined : 'some text'),
  'number for it': (value) => (typeof value === 'number' ? undefined : 7),
  'large number for it': (value) => (typeof value === 'number' ? 2 ** 40 : undefined),
  'fraction for it': (value) => (typeof value === 'number' ? 1.5 : undefined),
  'boolean for it': (value) => (typeof value === 'boolean' ? undefined : true),
  'list for it': (value) => (Array.isArray(value) ? undefined : ['x']),
  'mapping for it': (value) => (isMapping(value) ? undefined : { x: 'y' }),
  'another word for it': (value) => (typeof value === 'string' ? 'SomethingElse' : undefined),
  'null as its first item': (value) => (Array.isArray(value) ? [null, ...value] : undefined),
  'nothing inside': (value) => (isMapping(value) ? {} : Array.isArray(value) ? [] : undefined),
};

/** Mutations of manifests; the same ones in each run. */
export function mutations(manifests: readonly unknown[], count: number): Mutated[] {
  const places = manifests.flatMap((manifest) =>
    pathsIn(manifest as Json).map((path) => ({ manifest: manifest as Json, path })),
  );
  const change = fc.record({
    place: fc.nat(places.length - 1),
    kind: fc.constantFrom(...Object.keys(CHANGES), 'without it', 'twice'),
  });
  return fc.sample(change, { numRuns: count, seed: 5 }).flatMap(({ place, kind }) => {
    const { manifest, path } = places[place] ?? { manifest: null, path: [] };
    const what = `${kind}: ${path.join('.')}`;
    if (kind === 'twice') return twice(manifest, path, what);
    const changed = kind === 'without it' ? without(manifest, path) : replaced(manifest, path, kind);
    return changed === undefined ? [] : [{ what, text: JSON.stringify(changed) }];
  });
}

/** A field's key once more beside itself. */
function twice(manifest: Json, path: Path, what: string): Mutated[] {
  const name = path.at(-1);
  const value = at(manifest, path);
  if (typeof name !== 'string') return [];
  const mark = '"@@"';
  const text = JSON.stringify(set(manifest, path, '@@'));
  const pair = `${JSON.stringify(value)},${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return [{ what, text: text.replace(mark, () => pair) }];
}

function replaced(manifest: Json, path: Path, kind: string): Json | undefined {
  const value = CHANGES[kind]?.(at(manifest, path));
  return value === undefined ? undefined : set(manifest, path, value);
}

function without(manifest: Json, path: Path): Json | undefined {
  const parent = at(manifest, path.slice(0, -1));
  const name = path.at(-1);
  if (!isMapping(parent) || typeof name !== 'string') return undefined;
  const { [name]: _, ...rest } = parent;
  return set(manifest, path.slice(0, -1), rest);
}

/** Every place below the kind, which stays what it is. */
function pathsIn(value: Json, path: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsIn(item, [...path, index]))
    : isMapping(value)
      ? Object.entries(value).flatMap(([name, item]) => pathsIn(item, [...path, name]))
      : [];
  const named = path.length === 1 && (path[0] === 'apiVersion' || path[0] === 'kind');
  return path.length === 0 ? inner : named ? [] : [path, ...inner];
}

function at(value: Json, path: Path): Json {
  return path.reduce<Json>((inner, step) => (Reflect.get(inner as object, step) ?? null) as Json, value);
}

function set(value: Json, path: Path, to: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  if (Array.isArray(value)) return value.with(Number(step), set(value[Number(step)] ?? null, rest, to));
  return isMapping(value) ? { ...value, [step]: set(value[step] ?? null, rest, to) } : value;
}

function isMapping(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
