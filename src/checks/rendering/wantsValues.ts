import type { FailedRendering, Rendering } from '../../model/rendering.ts';

/**
 * True for a chart that no object uses and that does not render for want of values: whoever installs
 * it gives them. With a values file of its own it is mistaken where it was rendered before.
 */
export function wantsValues({ target, problem }: FailedRendering, other: Rendering | null): boolean {
  if (target.kind !== 'helm' || problem.wantsValues !== true) return false;
  const { source } = target;
  const isBare = source.tool === 'helm' && source.values.length === 0;
  return isBare || other?.status !== 'rendered';
}
