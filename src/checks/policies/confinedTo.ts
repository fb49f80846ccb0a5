import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { Target } from '../../model/target.ts';

/**
 * The namespace that all resources of a target stand in, where that can be told without
 * rendering it: a chart's release stays in its own, all but always. Null where it cannot.
 * @param record what the object that declares the target says; undefined for files alone.
 */
export function confinedTo(
  { source }: Target,
  record: Pick<OperatorRecord, 'confinedTo'> | undefined,
): string | null {
  if (source.tool === 'helm' && source.namespace !== '') return source.namespace;
  return record?.confinedTo ?? null;
}
