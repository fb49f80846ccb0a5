import type { FieldCause } from '../engine/engine.ts';
import type { FieldOrigin, ObjectField } from '../model/foundObject.ts';
import type { ValuesLayer } from '../model/renderSource.ts';

/** The field of an operator's object that gives a value of a chart. @param origin gives the layer that has the value. */
export function layerCause(
  origin: FieldOrigin,
  layer: ValuesLayer,
  { steps, line }: Pick<FieldCause, 'steps' | 'line'>,
): ObjectField {
  if ('inline' in layer) return { ...origin, fieldPath: [...origin.fieldPath, ...steps] };
  if (!('text' in layer)) return origin;
  return { ...origin, inner: { text: layer.text, line: line - 1 } };
}
