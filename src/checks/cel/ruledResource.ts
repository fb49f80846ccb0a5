import type { RuledResource } from '../../engine/protocol/customResources.ts';
import { givenObject } from './givenObject.ts';
import type { Before, RuledSubject } from './subject.ts';

/** A subject as the engine takes it. */
export function ruledResource({ resource, before }: RuledSubject): RuledResource {
  return { ...givenObject(resource.manifest), ...oldObject(before) };
}

/** What it was before, where that is known and there is one. */
export function oldObject(before: Before): Pick<RuledResource, 'old' | 'oldHidden'> {
  if (before.status === 'unknown' || before.resource === null) return {};
  const { object, hidden } = givenObject(before.resource.manifest);
  return hidden === undefined ? { old: object } : { old: object, oldHidden: hidden };
}
