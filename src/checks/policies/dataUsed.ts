import type { RegoModule } from '../../engine/protocol/rego.ts';
import type { Target } from '../../model/target.ts';

export type TargetField = Exclude<keyof Target, 'kind' | 'source'>;

const ALL: readonly TargetField[] = ['id', 'path', 'environment', 'cluster'];

/** The parts of `data.hydrant` that policies may look at. */
export interface DataUsed {
  /** The fields of `data.hydrant.target`. */
  readonly target: readonly TargetField[];
  /** True: `data.hydrant.cluster`. */
  readonly cluster: boolean;
  /** True: `data.hydrant.near`, which only built-in policies have. */
  readonly near: boolean;
}

/** What the modules name; all where they name the whole, or look data up by a computed name. */
export function dataUsed(modules: readonly RegoModule[]): DataUsed {
  const named = modules.flatMap(({ content }) => [
    ...content.matchAll(/\bdata\.hydrant\.target\b(?:\.(\w+))?/g),
  ]);
  const whole = modules.some(({ content }) =>
    /\bdata(?:\s*\[|\.hydrant\s*(?:\[|\s*$|\s+as\b))/m.test(content),
  );
  const all = whole || named.some(([, field]) => field === undefined);
  return {
    target: ALL.filter((field) => all || named.some(([, name]) => name === field)),
    cluster: whole || modules.some(({ content }) => /\bdata\.hydrant\.cluster\b/.test(content)),
    near: modules.some(({ content }) => /\bdata\.hydrant\.near\b/.test(content)),
  };
}
