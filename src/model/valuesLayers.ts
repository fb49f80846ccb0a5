import type { RenderSource, ValuesLayer } from './renderSource.ts';

/** All layers of values of a source, those of a combined source's sources one after the other. */
export function valuesLayers(source: RenderSource): readonly ValuesLayer[] {
  if (source.tool === 'combined') return source.sources.flatMap(valuesLayers);
  return source.tool === 'helm' ? source.values : [];
}
