import type { Discovery } from '../../model/discovery.ts';
import type { Prunes } from './movedResources.ts';

/** As the object that declares the target says; unknown for a target that no object declares. */
export function prunesOf({ declared }: Pick<Discovery, 'declared'>): Prunes {
  return ({ id }) => declared.get(id)?.prunes ?? null;
}
