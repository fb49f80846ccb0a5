import type { FoundObject } from '../../../model/foundObject.ts';
import { Kind } from '../../../model/kinds.ts';
import type { FollowContext } from '../../followContext.ts';
import { type GeneratedApplications, generateApplications, notFollowed } from './generateApplications.ts';
import { tooManyTogether } from './tooMany.ts';

/** So many sets are generated at a time, so that no more Applications than theirs are made in vain. */
const AT_A_TIME = 16;

/**
 * What each ApplicationSet of a commit makes, in the order of the sets. Sets that would make more than the
 * settings let all make together are not followed: the first of them is a finding, and each is listed.
 */
export async function generateAll(
  sets: readonly FoundObject[],
  context: FollowContext,
): Promise<GeneratedApplications[]> {
  const all: GeneratedApplications[] = [];
  let left = context.settings.limits.applications;
  let isFirst = true;
  for (let start = 0; start < sets.length; start += AT_A_TIME) {
    const some = sets.slice(start, start + AT_A_TIME);
    // Where one was too many, those that make nothing are still looked at.
    const generated = await Promise.all(some.map((set) => generateApplications(set, context)));
    for (const [index, set] of some.entries()) {
      const one = generated[index];
      if (one === undefined) continue;
      if (one.made.length <= left) {
        left -= one.made.length;
        all.push(one);
      } else {
        const excess = tooManyTogether(context.settings, Kind.ApplicationSet('spec', 'generators'));
        const refused = await notFollowed(set, { excess, context });
        all.push(isFirst ? refused : { ...refused, violations: [] });
        isFirst = false;
      }
    }
  }
  return all;
}
