import type { Discovery } from '../model/discovery.ts';
import type { FailedRendering, Rendering } from '../model/rendering.ts';

/**
 * The targets of the base that are missing at the head only because the target that declares
 * them does not render there: whether they are gone is unknown. Each is given as a failed
 * rendering of the head, by target id.
 */
export function vanishedTargets(base: Discovery, head: Discovery): Map<string, FailedRendering> {
  const found = new Map<string, FailedRendering>();
  const atHead = new Map(head.renderings.map((rendering) => [rendering.target.id, rendering]));
  const isUnknown = (id: string) => atHead.get(id)?.status === 'failed' || found.has(id);
  // Those that vanished ones declare vanish with them.
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { target } of base.renderings) {
      const parent = base.declared.get(target.id)?.appliedBy ?? null;
      if (parent === null || atHead.has(target.id) || found.has(target.id) || !isUnknown(parent)) continue;
      found.set(target.id, unknown(target, parent));
    }
  }
  return found;
}

/**
 * The head's new targets that would be part of a vanished target if that one rendered: the
 * overlay or chart in its folder, objects in files there, and what those declare. They are
 * left out, because they say nothing of what the merge does; the vanished target is listed.
 */
export function standInTargets(
  vanished: ReadonlyMap<string, FailedRendering>,
  base: Discovery,
  head: Discovery,
): Set<string> {
  const folders = new Set(
    [...vanished.values()].map(({ target }) => target.path).filter((path) => path !== '.'),
  );
  const known = new Set(base.renderings.map(({ target }) => target.id));
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { target } of head.renderings) {
      const parent = head.declared.get(target.id)?.appliedBy ?? null;
      const standsIn = folders.has(target.path) || (parent !== null && found.has(parent));
      if (standsIn && !known.has(target.id)) found.add(target.id);
    }
  }
  return found;
}

function unknown(target: Rendering['target'], parent: string): FailedRendering {
  const message = `${parent} declares it, and does not render`;
  const problem = { kind: 'not-followed', message, path: null, line: null, subject: null } as const;
  return { status: 'failed', target, trace: [], problem };
}
