import { structuredPatch } from 'diff';
import { ANY_HEEDED, type Heeded } from '../model/heeded.ts';
import type { IgnoredDifferences } from '../model/operatorRecord.ts';
import type { Removal } from '../model/removal.ts';
import type { Resource } from '../model/resource.ts';
import type { Change } from '../model/review.ts';
import { canonicalPair } from './canonical.ts';
import { effectOfRemoval, effectsOf } from './effects.ts';
import { ignoredDifferences } from './ignoredDifferences.ts';
import { type Pair, pairResources } from './resources.ts';

/**
 * What merging would do to one target: a change for each resource that is added, changed,
 * removed, or gets a new name by its hash suffix. Equal resources give none.
 */
export function compareResources(
  target: string,
  { base, head }: Readonly<Record<'base' | 'head', readonly Resource[]>>,
  { ignores = null, removalOf = () => NOT_KNOWN, heeds = ANY_HEEDED }: Knowledge = {},
): Change[] {
  const knowledge = { ignores, removalOf, heeds };
  return pairResources(base, head).flatMap((pair) => changeOf(target, pair, knowledge) ?? []);
}

/** What is known of the target's operator. */
interface Knowledge {
  /** What it ignores of differences at the head. */
  readonly ignores?: IgnoredDifferences | null | undefined;
  /** Whose annotations it heeds; undefined where nobody knows who applies the target. */
  readonly heeds?: readonly Heeded[] | undefined;
  readonly removalOf?: ((resource: Resource) => Removal) | undefined;
}

const NOT_KNOWN: Removal = { fate: 'unknown', reason: null };

function changeOf(
  target: string,
  pair: Pair,
  { ignores, removalOf, heeds = ANY_HEEDED }: Required<Knowledge>,
): Change | null {
  const manifests = { base: pair.base?.manifest ?? null, head: pair.head?.manifest ?? null };
  const [before, after] = canonicalPair(manifests.base, manifests.head);
  if (before === after) return null;
  const { group, version, kind, namespace, name } = pair.head ?? pair.base;
  const renamed = pair.base !== null && pair.head !== null && pair.base.name !== pair.head.name;
  const change = changeKind(pair, renamed);
  const removal = pair.head === null ? removalOf?.(pair.base) : undefined;
  return {
    target,
    resource: { group, version, kind, namespace, name },
    change,
    previousName: renamed ? pair.base.name : null,
    diff: hunksOf(before, after),
    effects: [
      ...effectsOf(change, { ...manifests, heeds }),
      ...ignoredDifferences(pair, ignores ?? null),
      ...(removal === undefined ? [] : effectOfRemoval(removal)),
    ],
    ...(removal !== undefined && { removal }),
  };
}

function changeKind(pair: Pair, renamed: boolean): Change['change'] {
  if (pair.base === null) return 'added';
  if (pair.head === null) return 'removed';
  return renamed ? 'renamed' : 'changed';
}

/** Unified diff, hunks only, with three lines of context as `git diff` gives. */
function hunksOf(before: string, after: string): string {
  const patch = structuredPatch('', '', before, after, '', '', { context: 3 });
  return patch.hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [`@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`, ...lines].join('\n'),
    )
    .join('\n');
}
