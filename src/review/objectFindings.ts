import { compareFindings } from '../compare/findings.ts';
import { fingerprint } from '../compare/fingerprint.ts';
import type { FindingStatus } from '../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../model/foundObject.ts';
import { idOnly } from '../model/resource.ts';
import type { SingleFinding } from './findings.ts';
import type { Placer } from './placer.ts';

/**
 * The findings on operators' objects: those of the head with their status and place, and
 * those of the base that are gone. Existing ones count where the pull request touches them.
 */
export async function objectFindings(
  base: readonly ObjectViolation[],
  head: readonly ObjectViolation[],
  context: { readonly place: Placer; readonly touched: (object: FoundObject) => boolean },
): Promise<SingleFinding[]> {
  const { statuses, fixed } = compareFindings(base, head, fingerprintOf);
  const found = head
    .map((item, index) => ({ ...item, status: statuses[index] ?? ('new' as const) }))
    .filter(({ object, status }) => status === 'new' || context.touched(object));
  const placed = await Promise.all(
    found.map(async ({ object, violation, status }) =>
      toFinding(
        { object, violation },
        status,
        await context.place.ofObject({ object, fieldPath: violation.fieldPath }),
      ),
    ),
  );
  return [...placed, ...fixed.map((item) => toFinding(item, 'fixed', null))];
}

/** Lines and files move; the object, the rule and the sentence stay. */
function fingerprintOf({ object, violation }: ObjectViolation): string {
  return `${object.cluster ?? object.environment ?? ''}\n${fingerprint(violation, object.resource)}`;
}

function toFinding(
  { object, violation }: ObjectViolation,
  status: FindingStatus,
  location: SingleFinding['location'],
): SingleFinding {
  const target = object.place.in === 'rendering' ? object.place.target.id : null;
  return { ...violation, status, resource: idOnly(object.resource), target, location };
}
