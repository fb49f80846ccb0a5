import type { NotValidated } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { Discovery } from './discover.ts';
import { fileFindings } from './fileFindings.ts';
import type { SingleFinding } from './findings.ts';
import { policyNotValidated } from './judge.ts';
import { objectFindings } from './objectFindings.ts';
import { judgeOperators, type OperatorJudgement } from './operatorChecks.ts';
import type { Placer } from './placer.ts';
import { judgePlainObjects, type PlainJudges } from './plainObjects.ts';
import type { BothSides, Sides } from './renderSides.ts';
import { touchedBy } from './touched.ts';
import { declaredIn } from './vanished.ts';

interface Context {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly changedPaths: readonly ChangedPath[];
  readonly settings: Settings;
  readonly sides: readonly Sides[];
  readonly place: Placer;
  /** Of each commit. */
  readonly plainJudges: Readonly<Record<'base' | 'head', PlainJudges>>;
}

/** What is to be said of operators' objects, and of the files that they steer. */
export async function operatorFindings(
  found: Pick<BothSides, 'base' | 'head'>,
  context: Context,
): Promise<{ findings: SingleFinding[]; notValidated: NotValidated[] }> {
  const { changedPaths, sides, place } = context;
  const { before, after } = await judgeBothOperators(found, context);
  const affected = sides.filter((side) => side.affected);
  const touched = touchedBy(changedPaths, affected);
  const changed = new Set(changedPaths.map(({ path }) => path));
  return {
    findings: [
      ...(await objectFindings(before.objects, after.objects, { place, touched })),
      ...fileFindings(before.files, after.files, changed),
    ],
    notValidated: newlyNotValidated(before.notValidated, after.notValidated, affected),
  };
}

async function judgeBothOperators(
  found: Pick<BothSides, 'base' | 'head'>,
  context: Pick<Context, 'base' | 'head' | 'settings' | 'sides' | 'plainJudges'>,
): Promise<Record<'before' | 'after', OperatorJudgement>> {
  const { sides } = context;
  const [before, after] = await Promise.all([
    judgeSide(found.base, context.base, { ...context, judges: context.plainJudges.base }),
    judgeSide(found.head, context.head, { ...context, judges: context.plainJudges.head }),
  ]);
  // What stood in a target that no longer renders is not gone.
  const unknown = new Set(
    sides.filter(({ head }) => head?.status === 'failed').map(({ target }) => target.id),
  );
  const objects = before.objects.filter(({ object }) => !unknown.has(declaredIn(object) ?? ''));
  return { before: { ...before, objects }, after };
}

async function judgeSide(
  discovery: Discovery,
  snapshot: Snapshot,
  { settings, judges }: Pick<Context, 'settings'> & { readonly judges: PlainJudges },
): Promise<OperatorJudgement> {
  const [operators, plain] = await Promise.all([
    judgeOperators(discovery, { snapshot, settings }),
    judgePlainObjects(discovery.objects, judges),
  ]);
  return {
    ...operators,
    objects: [...operators.objects, ...plain.objects],
    notValidated: [...operators.notValidated, ...plain.problems.map(policyNotValidated)],
  };
}

/** What operators leave open is worth a word where the pull request brings it in, or affects its target. */
function newlyNotValidated(
  base: readonly NotValidated[],
  head: readonly NotValidated[],
  affected: readonly Sides[],
): NotValidated[] {
  const textOf = ({ subject, reason, concern }: NotValidated) => JSON.stringify([subject, reason, concern]);
  const before = new Set(base.map(textOf));
  const targets = new Set(affected.map(({ target }) => target.id));
  return head.filter((item) => targets.has(item.subject) || !before.has(textOf(item)));
}
