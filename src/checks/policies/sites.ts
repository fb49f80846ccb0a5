import { groupBy } from '../../model/groupBy.ts';
import type { Rendering } from '../../model/rendering.ts';
import type { Target } from '../../model/target.ts';

/** Where a target is applied, as far as it is known. */
export type Site = Pick<Target, 'cluster' | 'environment'>;

/** Whether two targets may be applied to one cluster: what is not known of one may be as it is of the other. */
export function maySameSite(one: Site, other: Site): boolean {
  return maySame(one.cluster, other.cluster) && maySame(one.environment, other.environment);
}

/** Tells of each site the renderings, in their order, that may be of its cluster. */
export function renderingsBySite(renderings: readonly Rendering[]): (site: Site) => readonly Rendering[] {
  const placed = renderings.map((rendering, place) => ({ rendering, place }));
  const byEnvironment = groupBy(placed, ({ rendering: { target } }) => JSON.stringify(target.environment));
  const of = (environment: string | null) => byEnvironment.get(JSON.stringify(environment)) ?? [];
  return (site) => {
    const near = site.environment === null ? placed : [...of(site.environment), ...of(null)];
    return near
      .filter(({ rendering: { target } }) => maySameSite(target, site))
      .toSorted((a, b) => a.place - b.place)
      .map(({ rendering }) => rendering);
  };
}

function maySame(one: string | null, other: string | null): boolean {
  return one === null || other === null || one === other;
}
