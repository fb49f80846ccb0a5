import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import { isPartial, type Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Renderer } from '../render/renderer.ts';

/** The targets of both commits. */
interface Both {
  readonly compared: readonly ComparedTarget[];
  readonly base: Discovery;
  readonly head: Discovery;
}

/** With what, and where, targets are rendered again. */
interface Context {
  readonly renderer: Pick<Renderer, 'renderWhole'>;
  readonly base: Snapshot;
  readonly head: Snapshot;
}

/**
 * Both commits with all resources of what is judged: the affected targets, and all of them where
 * a commit has policies that the API server asks about every object. The others are as they were kept.
 */
export async function withWhole(both: Both, context: Context): Promise<Both> {
  const all = asksAboutAll(both.base) || asksAboutAll(both.head);
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
      const wanted = all || one.affected;
      return { ...one, base: await base.take(one.base, wanted), head: await head.take(one.head, wanted) };
    }),
  );
  return { compared, base: base.withIt(both.base), head: head.withIt(both.head) };
}

function asksAboutAll({ renderings }: Discovery): boolean {
  return renderings.some(
    (rendering) =>
      rendering.status === 'rendered' &&
      rendering.resources.some(({ kind }) => kind === 'ValidatingAdmissionPolicy'),
  );
}
