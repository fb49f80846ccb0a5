import type { FailedRendering, Rendering } from '../../model/rendering.ts';

/**
 * True for a chart that no object uses and that does not render for want of values: whoever installs
 * it gives them. One that was rendered before is mistaken where it has a values file of its own, or
 * where it now calls `fail`: it went without other values until then.
 */
export function wantsValues({ target, problem }: FailedRendering, other: Rendering | null): boolean {
  if (target.kind !== 'helm' || problem.wantsValues === undefined) return false;
  const { source } = target;
  const isBare = source.tool === 'helm' && source.values.length === 0;
  return other?.status !== 'rendered' || (isBare && problem.wantsValues === 'more');
}
