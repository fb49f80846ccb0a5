import { compareFindings } from '../compare/findings.ts';
import { fingerprint } from '../compare/fingerprint.ts';
import { locate } from '../locate/locate.ts';
import type { FindingStatus } from '../model/finding.ts';
import type { Origin } from '../model/rendering.ts';
import type { ResourceId } from '../model/resource.ts';
import { type RenderContext, renderOrigins } from '../render/renderTarget.ts';
import type { SingleFinding } from './findings.ts';
import type { Judged } from './judge.ts';
import { likenesses } from './likenesses.ts';
import type { Sides } from './renderSides.ts';

/**
 * The findings of rendered resources: those of the head with their status and source
 * line, and those of the base that are gone.
 * @param context renders the head.
 */
export async function resourceFindings(
  base: readonly Judged[],
  head: readonly Judged[],
  context: RenderContext & { readonly sides: readonly Sides[] },
): Promise<SingleFinding[]> {
  const { statuses, fixed } = compareFindings(base, head, fingerprintOf, likenesses(context.sides));
  const originsOf = originsByTarget(context);
  const placed = await Promise.all(
    head.map(async (judged, index) =>
      place(judged, statuses[index] ?? 'new', await originsOf(judged), context),
    ),
  );
  return [...placed, ...fixed.map((judged) => toFinding(judged, 'fixed', null))];
}

function fingerprintOf({ target, resource, violation }: Judged): string {
  return `${target.id}\n${fingerprint(violation, resource)}`;
}

/** Each target's origins are asked for once, when its first finding needs them. */
function originsByTarget(context: RenderContext): (judged: Judged) => Promise<readonly Origin[]> {
  const asked = new Map<string, Promise<readonly Origin[]>>();
  return ({ target }) => {
    const answer = asked.get(target.id) ?? renderOrigins(target, context);
    asked.set(target.id, answer);
    return answer;
  };
}

async function place(
  judged: Judged,
  status: FindingStatus,
  origins: readonly Origin[],
  { snapshot }: RenderContext,
): Promise<SingleFinding> {
  const { target, resource, violation } = judged;
  const origin = origins[resource.index];
  if (origin === undefined) return toFinding(judged, status, null);
  const { fieldPath, message } = violation;
  const location = await locate({ snapshot, target, resource, origin, fieldPath, message });
  return toFinding(judged, status, location);
}

function toFinding(
  { target, resource, violation }: Judged,
  status: FindingStatus,
  location: SingleFinding['location'],
): SingleFinding {
  return { ...violation, status, resource: idOnly(resource), target: target.id, location };
}

function idOnly({ group, version, kind, namespace, name }: ResourceId): ResourceId {
  return { group, version, kind, namespace, name };
}
