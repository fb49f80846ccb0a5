import { isDeepStrictEqual } from 'node:util';
import { objectAt } from '../model/fields.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { knownAs, knownAsIn } from '../model/knownAs.ts';
import type { Rendering } from '../model/rendering.ts';

/**
 * Every object that operators would see, one per cluster and identity: the rendered ones,
 * and those of plain files that no render reads. A file that a render reads is not applied
 * as it stands there.
 * @param renderings in order of target ids: of two equal objects the first counts.
 */
export function knownObjects(plain: readonly FoundObject[], renderings: readonly Rendering[]): FoundObject[] {
  const read = pathsRead(renderings);
  const rendered = renderings.flatMap((rendering): FoundObject[] => {
    if (rendering.status === 'failed') return [];
    const { target, resources } = rendering;
    const { cluster, environment } = target;
    return resources.map((resource) => ({
      resource,
      cluster,
      environment,
      place: { in: 'rendering', target },
    }));
  });
  const unread = plain.filter(({ place }) => place.in === 'file' && !read.has(place.path));
  const known = new Map<string, FoundObject>();
  for (const object of rendered) addTo(known, object, knownAs(object));
  for (const object of unread) {
    const copied = known.get(knownAsIn('', object));
    if (copied === undefined || !isCopy(object, copied)) addTo(known, object, knownAs(object));
  }
  return [...known.values()];
}

/** The files that renders read. */
export function pathsRead(renderings: readonly Rendering[]): Set<string> {
  return new Set(
    renderings.flatMap(({ trace }) => trace.filter(({ state }) => state === 'file').map(({ path }) => path)),
  );
}

function addTo(known: Map<string, FoundObject>, object: FoundObject, key: string): void {
  if (!known.has(key)) known.set(key, object);
}

/**
 * True for what is applied by hand, once, and by itself from then on, as a root Application is:
 * it stands in a file that nobody applies and again in what it renders.
 */
function isCopy(object: FoundObject, rendered: FoundObject): boolean {
  const [one, other] = [object, rendered].map(({ resource }) => objectAt(resource.manifest, ['spec']));
  return one !== undefined && isDeepStrictEqual(one, other);
}
