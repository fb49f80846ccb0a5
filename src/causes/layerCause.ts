import type { FieldOrigin, ObjectField } from '../model/foundObject.ts';
import type { ValuesLayer } from '../model/renderSource.ts';
import type { FoundValue } from './valueTracer.ts';

/** The field of an operator's object that gives a value of a chart. @param origin gives the layer that has the value. */
export function layerCause(
  origin: FieldOrigin,
  layer: ValuesLayer,
  { probe, source: { text } }: FoundValue,
): ObjectField {
  if ('inline' in layer) return { ...origin, fieldPath: [...origin.fieldPath, ...probe.steps] };
  if (!('text' in layer)) return origin;
  return { ...origin, inner: { text, line: text.slice(0, probe.offset).split('\n').length - 1 } };
}
