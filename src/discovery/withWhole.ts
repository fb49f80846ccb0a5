import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import { isPartial, type Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import type { Renderer } from '../render/renderer.ts';
import type { BothCommits } from './renderCommits.ts';

/** With what, and where, targets are rendered again. */
interface Context {
  readonly renderer: Pick<Renderer, 'renderWhole'>;
  readonly base: Snapshot;
  readonly head: Snapshot;
  /** Whether all is needed of a target that is not affected: it is judged, or others are by it. */
  readonly isWanted: (target: Target) => boolean;
}

/** Both commits with all of what is judged, or that others are judged by. The other targets are as they were kept. */
export async function withWhole(both: BothCommits, context: Context): Promise<BothCommits> {
  const wholeAt = (side: 'base' | 'head') => {
    const whole = new Map<string, Rendering>();
    const take = async (rendering: Rendering | null, wanted: boolean): Promise<Rendering | null> => {
      if (!wanted || rendering === null || !isPartial(rendering)) return rendering;
      const rendered = await context.renderer.renderWhole(rendering.target, context[side]);
      whole.set(rendering.target.id, rendered);
      return rendered;
    };
    const withIt = (discovery: Discovery): Discovery => ({
      ...discovery,
      renderings: discovery.renderings.map((one) => whole.get(one.target.id) ?? one),
    });
    return { take, withIt };
  };
  const [base, head] = [wholeAt('base'), wholeAt('head')];
  const compared = await Promise.all(
    both.compared.map(async (one): Promise<ComparedTarget> => {
      const wanted = one.affected || context.isWanted(one.target);
      return { ...one, base: await base.take(one.base, wanted), head: await head.take(one.head, wanted) };
    }),
  );
  return { compared, base: base.withIt(both.base), head: head.withIt(both.head) };
}
