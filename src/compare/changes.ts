import { structuredPatch } from 'diff';
import type { ManifestObject } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import type { Change } from '../model/review.ts';
import { canonicalPair } from './canonical.ts';
import { effectsOf } from './effects.ts';
import { ignoredDifferences } from './ignoredDifferences.ts';
import { type Pair, pairResources } from './resources.ts';

/**
 * What merging would do to one target: a change for each resource that is added, changed,
 * removed, or gets a new name by its hash suffix. Equal resources give none.
 * @param application the Application at the head that applies the target, if one does.
 */
export function compareResources(
  target: string,
  base: readonly Resource[],
  head: readonly Resource[],
  application: ManifestObject | null = null,
): Change[] {
  return pairResources(base, head).flatMap((pair) => changeOf(target, pair, application) ?? []);
}

function changeOf(target: string, pair: Pair, application: ManifestObject | null): Change | null {
  const [before, after] = canonicalPair(pair.base?.manifest ?? null, pair.head?.manifest ?? null);
  if (before === after) return null;
  const { group, version, kind, namespace, name } = pair.head ?? pair.base;
  const renamed = pair.base !== null && pair.head !== null && pair.base.name !== pair.head.name;
  const change = changeKind(pair, renamed);
  return {
    target,
    resource: { group, version, kind, namespace, name },
    change,
    previousName: renamed ? pair.base.name : null,
    diff: hunksOf(before, after),
    effects: [
      ...effectsOf(change, { base: pair.base?.manifest ?? null, head: pair.head?.manifest ?? null }),
      ...ignoredDifferences(pair, application),
    ],
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
