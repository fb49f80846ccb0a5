import type { RenderedTarget, Rendering } from '../model/rendering.ts';
import { judgeAdmissionSides } from './admissionSides.ts';
import { decided } from './decided.ts';
import { type Judgement, judge } from './judge.ts';
import type { OpenJudges } from './openJudges.ts';
import type { Sides } from './renderSides.ts';

/**
 * Judges both commits: the affected targets, and by rules that look around those whose
 * cluster differs.
 */
export async function judgeSides(
  sides: readonly Sides[],
  judges: OpenJudges,
): Promise<Record<'before' | 'after', Judgement>> {
  const affected = sides.filter((side) => side.affected);
  // What is wrong at the base may be gone or not where nobody knows the head.
  const comparedTo = affected.filter(({ head }) => head?.status !== 'failed');
  const around = sides.filter((side) => !side.affected && isAroundChange(side, judges));
  const [before, after, admission] = await Promise.all([
    judge(
      renderedOf(comparedTo.map(({ base }) => base)),
      judges.base,
      renderedOf(around.map(({ base }) => base)),
    ),
    judge(
      renderedOf(affected.map(({ head }) => head)),
      judges.head,
      renderedOf(around.map(({ head }) => head)),
    ),
    judgeAdmissionSides(sides, judges),
  ]);
  const all = { before: joined(before, admission.before), after: joined(after, admission.after) };
  return { before: { ...all.before, judged: decided(all.before.judged, all.after) }, after: all.after };
}

function joined(judgement: Judgement, part: Omit<Judgement, 'ofTargets'>): Judgement {
  return {
    ...judgement,
    judged: [...judgement.judged, ...part.judged],
    notValidated: [...judgement.notValidated, ...part.notValidated],
    undecided: [...judgement.undecided, ...part.undecided],
  };
}

/** There is something else around it at the head than at the base, and there are rules that look at it. */
function isAroundChange({ target }: Sides, { base, head }: OpenJudges): boolean {
  const { looksAround, looksNear } = head.policies;
  const isOther = (of: 'clusterOf' | 'nearTo') => base[of](target).text !== head[of](target).text;
  return (looksNear && isOther('nearTo')) || (looksAround && isOther('clusterOf'));
}

function renderedOf(renderings: readonly (Rendering | null)[]): RenderedTarget[] {
  return renderings.filter((rendering) => rendering?.status === 'rendered');
}
