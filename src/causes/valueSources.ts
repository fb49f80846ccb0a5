import { stringify } from 'yaml';
import { decodeText } from '../dialects/decodeText.ts';
import { NOT_YAML, yamlValues } from '../dialects/yamlValues.ts';
import type { ChangedFile } from '../engine/engine.ts';
import type { Probe } from '../locate/probes.ts';
import { isTemplate } from '../locate/template.ts';
import { isObject } from '../model/manifest.ts';
import type { HelmSource, RenderSource, ValuesLayer } from '../model/renderSource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Trace } from '../model/trace.ts';

/** A text that may hold a value of a chart: a file of the commit, or a part of the target's source. */
export type ValueSource = {
  readonly text: string;
  /** What to render with another text; null where it would be no value. */
  with(text: string): { readonly source: RenderSource; readonly changed: readonly ChangedFile[] } | null;
} & (
  | { readonly path: string }
  /** The layer, as it is in the target's source, and which it is of all of the source's layers. */
  | { readonly layer: ValuesLayer; readonly at: number }
);

/** Where a probe's value stands in its source. */
export interface ProbedPlace {
  readonly of: ValueSource;
  readonly probe: Probe;
}

/** More than values have that people write. */
const MAX_BYTES = 512 * 1024;

/**
 * The texts that may hold a rendered chart's values: the files that the render read, but
 * for templates, and what the source itself gives.
 */
export async function valueSources(
  source: RenderSource,
  trace: Trace,
  snapshot: Snapshot,
): Promise<ValueSource[]> {
  const paths = trace
    .filter(({ path, state }) => state === 'file' && mayHoldValues(path))
    .map(({ path }) => path);
  const files = await Promise.all([...new Set(paths)].map((path) => fileSource(path, source, snapshot)));
  return [...layersOf(source), ...files.filter((file) => file !== null)];
}

function mayHoldValues(path: string): boolean {
  return /\.(?:ya?ml|json)$/.test(path) && !isTemplate(path) && !/(?:^|\/)(?:crds\/|Chart\.lock$)/.test(path);
}

async function fileSource(
  path: string,
  source: RenderSource,
  snapshot: Snapshot,
): Promise<ValueSource | null> {
  if (snapshot.entries.get(path)?.kind !== 'file') return null;
  const bytes = await snapshot.read(path);
  if (bytes.length > MAX_BYTES) return null;
  return {
    path,
    text: decodeText(bytes),
    with: (text) => ({ source: unchecked(source), changed: [{ path, text }] }),
  };
}

/** A value of another kind is no mistake here. */
function unchecked(source: RenderSource): RenderSource {
  if (source.tool === 'helm') return { ...source, skipSchemaValidation: true };
  return source.tool === 'combined' ? { ...source, sources: source.sources.map(unchecked) } : source;
}

/** @param first which the first of the source's layers is. */
function layersOf(source: RenderSource, first = 0): ValueSource[] {
  if (source.tool === 'combined') {
    return source.sources.flatMap((one, index) =>
      layersOf(one, first + countLayers(source.sources.slice(0, index))).map((layer) => ({
        ...layer,
        with: (text: string) => {
          const made = layer.with(text);
          if (made === null) return null;
          const sources = source.sources.map((other, at) => (at === index ? made.source : unchecked(other)));
          return { ...made, source: { ...source, sources } };
        },
      })),
    );
  }
  if (source.tool !== 'helm') return [];
  return source.values.flatMap((layer, index) => {
    const text = textOf(layer);
    return text === null
      ? []
      : [
          {
            layer,
            at: first + index,
            text,
            with: (changed: string) => withLayer(source, index, read(layer, changed)),
          },
        ];
  });
}

function countLayers(sources: readonly RenderSource[]): number {
  const counts = sources.map((source) =>
    source.tool === 'combined'
      ? countLayers(source.sources)
      : source.tool === 'helm'
        ? source.values.length
        : 0,
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function withLayer(
  source: HelmSource,
  index: number,
  layer: ValuesLayer | null,
): ReturnType<ValueSource['with']> {
  if (layer === null) return null;
  const values = source.values.map((other, at) => (at === index ? layer : other));
  return { source: { ...source, values, skipSchemaValidation: true }, changed: [] };
}

/** A layer as YAML; null for one that is a file. */
function textOf(layer: ValuesLayer): string | null {
  if ('inline' in layer) return stringify(JSON.parse(JSON.stringify(layer.inline)), { lineWidth: 0 });
  if ('text' in layer) return layer.text;
  if ('set' in layer) return `- ${valueOfSet(layer.set)}\n`;
  return 'at' in layer ? `- ${layer.at.value}\n` : null;
}

function valueOfSet(set: string): string {
  return set.slice(set.indexOf('=') + 1);
}

/** The same kind of layer with another text. */
function read(layer: ValuesLayer, text: string): ValuesLayer | null {
  if ('text' in layer) return { text };
  const value = text.slice(2, -1);
  if ('set' in layer) return { ...layer, set: `${layer.set.slice(0, layer.set.indexOf('=') + 1)}${value}` };
  if ('at' in layer) return { at: { ...layer.at, value } };
  const [inline] = yamlValues(text);
  return inline !== undefined && inline !== NOT_YAML && isObject(inline) ? { inline } : null;
}
