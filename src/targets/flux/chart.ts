import type { ChartPlace, ValuesLayer } from '../../model/renderSource.ts';

/** A chart, with the values files that Flux puts in place of its own. */
export interface ReleaseChart {
  readonly place: ChartPlace;
  readonly values: readonly ValuesLayer[];
  /** Where it stands in the commit; null for one that was fetched. */
  readonly folder: string | null;
  /** Why the values are not quite those that Flux takes. */
  readonly partial?: string;
}
