import type { ChartPlace, ValuesLayer } from '../../model/renderSource.ts';

/** A chart, with the values files that Flux puts in place of its own. */
export interface ReleaseChart {
  readonly place: ChartPlace;
  readonly values: readonly ValuesLayer[];
  /** Where it stands in the commit; null for one that was fetched. */
  readonly folder: string | null;
  /** What its `Chart.yaml` says; left out where only its source tells. */
  readonly name?: string | null;
  /** Whether Flux takes a change of it up only under a new version. */
  readonly needsNewVersion: boolean;
  /** Why the values are not quite those that Flux takes. */
  readonly partial?: string;
}
