import type { Discovery } from '../../model/discovery.ts';
import { keptOnRemoval } from '../../model/keptOnRemoval.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { Resource } from '../../model/resource.ts';
import type { Fate } from '../danger/findDangers.ts';
import type { Prunes } from './movedResources.ts';

/** As the object that declares the target says; unknown for a target that no object declares. */
export function prunesOf({ declared }: Pick<Discovery, 'declared'>): Prunes {
  return ({ id }) => declared.get(id)?.prunes ?? null;
}

/**
 * What becomes of a resource that a target had.
 * @param gone the target itself is gone, and with it the object that declares it. Something
 *   has to delete that first, so that what goes with it may stay.
 * @param record what the object said; undefined where files alone make the target.
 */
export function fateOf(
  { resource, gone }: { readonly resource: Resource; readonly gone: boolean },
  record: OperatorRecord | undefined,
): Fate {
  if (keptOnRemoval(resource.manifest) !== undefined) return 'kept';
  if (record === undefined) return 'unknown';
  if (gone) return record.cascades ? 'unknown' : 'kept';
  const isDefinition = resource.kind === 'CustomResourceDefinition';
  const prunes = isDefinition ? record.prunesDefinitions : record.prunes;
  if (prunes === null) return 'unknown';
  return prunes ? 'deleted' : 'kept';
}
