import { compareFindings } from '../compare/findings.ts';
import { kustomizationOf } from '../locate/sources.ts';
import type { FindingStatus, Location } from '../model/finding.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { Target } from '../model/target.ts';
import type { SingleFinding } from './findings.ts';
import type { TargetJudged } from './judge.ts';
import type { Placer } from './placer.ts';
import type { Sides } from './renderSides.ts';

/**
 * The findings on targets as a whole: those of the head with their status, at the object that
 * declares the target, else at its kustomization or chart; and those of the base that are gone.
 */
export async function targetFindings(
  base: readonly TargetJudged[],
  head: readonly TargetJudged[],
  context: {
    readonly placer: Placer;
    /** The objects that declare targets at the head, by target id. */
    readonly declared: ReadonlyMap<string, FoundObject>;
    readonly affected: readonly Sides[];
  },
): Promise<SingleFinding[]> {
  const { placer, declared, affected } = context;
  const { statuses, fixed } = compareFindings(base, head, keyOf);
  const touched = new Set(affected.map(({ target }) => target.id));
  const found = head
    .map((judged, index) => ({ judged, status: statuses[index] ?? ('new' as const) }))
    .filter(({ judged, status }) => status === 'new' || touched.has(judged.target.id));
  const placed = await Promise.all(
    found.map(async ({ judged, status }) => {
      const { target } = judged;
      return toFinding(judged, status, await placeOfTarget(target, declared.get(target.id), placer));
    }),
  );
  return [...placed, ...fixed.map((judged) => toFinding(judged, 'fixed', null))];
}

function keyOf({ target, violation: { rule, message, exceptedBy } }: TargetJudged): string {
  return JSON.stringify([target.id, rule, message, exceptedBy]);
}

function toFinding(
  { target, violation }: TargetJudged,
  status: FindingStatus,
  location: Location | null,
): SingleFinding {
  return { ...violation, fieldPath: null, resource: null, status, target: target.id, location };
}

async function placeOfTarget(
  { path }: Target,
  object: FoundObject | undefined,
  placer: Placer,
): Promise<Location | null> {
  if (object !== undefined) return placer.ofObject({ object, fieldPath: null });
  const chart = path === '.' ? 'Chart.yaml' : `${path}/Chart.yaml`;
  const kustomization = await kustomizationOf(placer.snapshot, path);
  const file = kustomization?.path ?? (placer.snapshot.entries.has(chart) ? chart : null);
  return file === null ? null : { path: file, startLine: 1, endLine: 1 };
}
