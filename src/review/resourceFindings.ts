import { compareFindings } from '../compare/findings.ts';
import { fingerprint } from '../compare/fingerprint.ts';
import type { FindingStatus } from '../model/finding.ts';
import { idOnly } from '../model/resource.ts';
import type { SingleFinding } from './findings.ts';
import type { Judged } from './judge.ts';
import { likenesses } from './likenesses.ts';
import type { Placer } from './placer.ts';
import type { Sides } from './renderSides.ts';

/**
 * The findings of rendered resources: those of the head with their status and source
 * line, and those of the base that are gone. Existing ones count on affected targets.
 */
export async function resourceFindings(
  base: readonly Judged[],
  head: readonly Judged[],
  { placer, basePlacer, affected }: Context,
): Promise<SingleFinding[]> {
  const { statuses, fixed } = compareFindings(base, head, fingerprintOf, likenesses(affected));
  const touched = new Set(affected.map(({ target }) => target.id));
  const found = head
    .map((judged, index) => ({ judged, status: statuses[index] ?? ('new' as const) }))
    .filter(({ judged, status }) => status === 'new' || touched.has(judged.target.id));
  const placed = await Promise.all(
    found.map(async ({ judged, status }) => toFinding(judged, status, await placeOf(judged, placer))),
  );
  const gone = fixed.map(async (judged) => {
    // One alone has nobody to be told from.
    const cause = fixed.length > 1 ? await placeOf(judged, basePlacer) : null;
    return { ...toFinding(judged, 'fixed', null), cause };
  });
  return [...placed, ...(await Promise.all(gone))];
}

interface Context {
  readonly placer: Placer;
  /** Tells the causes of what is fixed, for equal ones to be one finding. */
  readonly basePlacer: Placer;
  readonly affected: readonly Sides[];
}

function placeOf(
  { target, resource, violation }: Judged,
  placer: Placer,
): Promise<SingleFinding['location']> {
  const { fieldPath, message } = violation;
  return placer.of({ target, resource, fieldPath, message });
}

function fingerprintOf({ target, resource, violation }: Judged): string {
  return `${target.id}\n${fingerprint(violation, resource)}`;
}

function toFinding(
  { target, resource, violation }: Judged,
  status: FindingStatus,
  location: SingleFinding['location'],
): SingleFinding {
  return { ...violation, status, resource: idOnly(resource), target: target.id, location };
}
