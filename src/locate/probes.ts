import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar, visit } from 'yaml';
import { readDocuments } from '../dialects/sourceFile.ts';
import { type FieldPath, isObject, type ManifestValue, valueAt } from '../model/manifest.ts';
import { hasValue, isNull } from './scalar.ts';

/** A rendered field whose cause is looked for in values. */
export interface ProbedField {
  readonly manifest: ManifestValue;
  readonly fieldPath: FieldPath;
  /** Fields below it that a finding misses. */
  readonly missing: readonly FieldPath[];
}

/** A change of one value of a YAML text, to see whether a rendered field follows it. */
export interface Probe {
  /** The value's place: where its key and it begin in the text. */
  readonly offset: number;
  /** Its fields and list indices. */
  readonly steps: FieldPath;
  /** The text with the change. */
  readonly changed: string;
  /** True where the value may be all of the field, false where it is a part of its text. */
  readonly whole: boolean;
  /** Where in the field's text the value stands. */
  readonly at: number;
  /** True where the field has followed the change. */
  confirms(manifest: ManifestValue): boolean;
}

const MARK = 'hydrant-probe';

/**
 * Changes of values of a YAML text that could be the cause of a field: values that say the
 * same or a part of its text, and empty ones of the name of what is missing.
 */
export function probesIn(text: string, field: ProbedField): Probe[] {
  const probes: Probe[] = [];
  for (const document of readDocuments('', text).documents) {
    visit(document, {
      Pair: (_, pair, path) => {
        const steps = stepsTo([...path, pair]);
        if (!isScalar(pair.key) || steps === null) return;
        const offset = pair.key.range?.[0] ?? 0;
        const made = probeOf(
          text,
          { value: pair.value as Node | null, after: pair.key.range?.[1] ?? 0 },
          steps,
          field,
        );
        if (made !== null) probes.push({ ...made, offset, steps });
      },
      Seq: (_, seq, path) => {
        const above = stepsTo([...path, seq]);
        for (const [index, item] of above === null ? [] : seq.items.entries()) {
          const made = isScalar(item) ? ofScalar(text, item, { field }) : null;
          if (made !== null)
            probes.push({
              ...made,
              offset: (item as Scalar).range?.[0] ?? 0,
              steps: [...(above ?? []), index],
            });
        }
      },
    });
  }
  return probes;
}

type Made = Pick<Probe, 'changed' | 'whole' | 'at' | 'confirms'>;

function probeOf(
  text: string,
  { value, after }: { value: Node | null; after: number },
  steps: FieldPath,
  field: ProbedField,
): Made | null {
  if (isAlias(value)) return null;
  const empty = emptyRange(text, value, after);
  if (empty !== null) return ofEmpty(text, empty, { name: steps.at(-1), field });
  return isScalar(value) ? ofScalar(text, value, { name: steps.at(-1), field }) : null;
}

/** The fields and indices on the way to a node; null behind a key that is no text. */
export function stepsTo(path: readonly unknown[]): FieldPath | null {
  const steps: (string | number)[] = [];
  for (const [index, node] of path.entries()) {
    if (isPair(node)) {
      if (!isScalar(node.key)) return null;
      steps.push(String(node.key.value));
    }
    if (isSeq(node)) {
      const next = path[index + 1];
      if (next !== undefined) steps.push(node.items.indexOf(next));
    }
  }
  return steps;
}

/** Where nothing, `{}` or null stands. */
function emptyRange(text: string, value: Node | null, after: number): readonly [number, number] | null {
  if (value === null) return [after + 1, after + 1];
  const [start, end] = value.range ?? [0, 0];
  if (isMap(value) && value.items.length === 0) return [start, end];
  return isScalar(value) && isNull(value, text.slice(start, end)) ? [start, end] : null;
}

/** An empty mapping of the name of what is missing gets an entry, which has to appear there. */
function ofEmpty(
  text: string,
  [start, end]: readonly [number, number],
  {
    name,
    field: { manifest, fieldPath, missing },
  }: { name: string | number | undefined; field: ProbedField },
): Made | null {
  const places = [fieldPath, ...missing]
    .map((path) => path.slice(0, path.lastIndexOf(name ?? '') + 1))
    .filter((path) => path.length > 0 && isNothing(valueAt(manifest, path)));
  if (places.length === 0) return null;
  return {
    changed: `${text.slice(0, start)} {${MARK}: x}${text.slice(end)}`,
    whole: true,
    at: 0,
    confirms: (after) => places.some((path) => valueAt(after, [...path, MARK]) === 'x'),
  };
}

function isNothing(value: ManifestValue | undefined): boolean {
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}

function ofScalar(
  text: string,
  value: Scalar,
  { name, field: { manifest, fieldPath } }: { name?: string | number | undefined; field: ProbedField },
): Made | null {
  const rendered = valueAt(manifest, fieldPath);
  const [start, end] = value.range ?? [0, 0];
  const source = text.slice(start, end);
  const own = String(value.value);
  if (own === '' || source.includes('\n') || typeof rendered === 'object' || rendered === undefined)
    return null;
  const replaced = replacement(source, value);
  if (replaced === null) return null;
  const changed = `${text.slice(0, start)}${replaced.source}${text.slice(end)}`;
  if (typeof rendered === 'string') {
    const at = rendered.lastIndexOf(own);
    if (at < 0) return null;
    const follows = (after: ManifestValue | undefined) =>
      typeof after === 'string' && after !== rendered && after.replaceAll(replaced.value, own) === rendered;
    return { changed, whole: own === rendered, at, confirms: (one) => follows(valueAt(one, fieldPath)) };
  }
  if (!hasValue(DOCUMENT, value, rendered)) return null;
  if (typeof rendered === 'number')
    return { changed, whole: true, at: 0, confirms: (one) => valueAt(one, fieldPath) === rendered + 1 };
  // `with` and `if` leave out what is false.
  const isGone = (after: ManifestValue | undefined) =>
    rendered && after === undefined && name === fieldPath.at(-1);
  return {
    changed,
    whole: true,
    at: 0,
    confirms: (one) => valueAt(one, fieldPath) === !rendered || isGone(valueAt(one, fieldPath)),
  };
}

/** Scalars that are no aliases need no document to be read by. */
const [DOCUMENT] = readDocuments('', 'x').documents as [
  ReturnType<typeof readDocuments>['documents'][number],
];

/** Another value of the same type. */
function replacement(source: string, { type, value }: Scalar): { source: string; value: string } | null {
  const own = String(value);
  if (type === 'PLAIN') {
    if (/^(?:true|false)$/i.test(own)) return same(own.toLowerCase() === 'true' ? 'false' : 'true');
    if (/^-?(?:0|[1-9]\d{0,14})$/.test(own)) return same(String(Number(own) + 1));
    return /^[-+.\d]/.test(own) && !Number.isNaN(Number(own)) ? null : same(`${own}-${MARK}`);
  }
  if (type !== 'QUOTE_DOUBLE' && type !== 'QUOTE_SINGLE') return null;
  const quote = source.at(-1) ?? '';
  return { source: `${source.slice(0, -1)}-${MARK}${quote}`, value: `${own}-${MARK}` };
}

function same(value: string): { source: string; value: string } {
  return { source: value, value };
}
