import { compareResources } from '../compare/changes.ts';
import { compareImages } from '../compare/images.ts';
import type { Engine } from '../engine/engine.ts';
import type { Concern, NotValidated } from '../model/finding.ts';
import { Redactor } from '../model/redacted.ts';
import type { RenderedTarget, Rendering } from '../model/rendering.ts';
import type { Review, TargetResult } from '../model/review.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { RenderContext } from '../render/renderTarget.ts';
import { mergeFindings } from './findings.ts';
import { type Judgement, judge } from './judge.ts';
import { type OpenJudges, openJudges } from './openJudges.ts';
import { judgeRenderedSecrets } from './renderedSecrets.ts';
import { isRemote, renderFindings } from './renderFindings.ts';
import { renderSides, type Sides } from './renderSides.ts';
import { resourceFindings } from './resourceFindings.ts';
import { reviewSettings } from './reviewSettings.ts';
import { judgeSources } from './sources.ts';
import { overallVerdict, verdictsOf } from './verdicts.ts';

/** The two commits under review, and what reviews them. */
export interface ReviewInput {
  readonly base: Snapshot;
  readonly head: Snapshot;
  /** Where settings and policies are read: the base branch. */
  readonly inForce: Snapshot;
  readonly changedPaths: readonly ChangedPath[];
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reviews what merging the head would change. The same commits give the same review.
 * @throws when aborted, when Git objects cannot be read, or when the engine cannot start;
 *   a broken target, policy, schema or file is a finding instead.
 */
export async function review(input: ReviewInput): Promise<Review> {
  const context = { ...input, redactor: new Redactor() };
  const { settings, findings: settingsFindings } = await reviewSettings(input.inForce, input.head);

  const sides = await renderSides({ ...context, settings });
  const affected = sides.filter((side) => side.affected);
  const rendering = await renderFindings(sides, input.head);
  const sources = await judgeSources({ ...context, sides: affected });
  const judges = await openJudges({ ...context, settings, sides });
  const { before, after } = await judgeSides(affected, judges);
  input.signal?.throwIfAborted();
  const secrets = judgeRenderedSecrets(affected, sources.secrets);
  const resources = await resourceFindings(
    [...before.judged, ...secrets.before],
    [...after.judged, ...secrets.after],
    { ...headOf(context), sides: affected },
  );

  const findings = mergeFindings([
    ...settingsFindings,
    ...judges.findings,
    ...rendering.findings,
    ...sources.findings,
    ...resources,
  ]);
  const notValidated = unique([
    ...rendering.notValidated,
    ...sources.notValidated,
    ...judges.notValidated,
    ...after.notValidated,
  ]);
  const verdicts = verdictsOf(findings, notValidated, judgedConcerns(affected, sources.files));
  return {
    base: input.base.commit,
    head: input.head.commit,
    verdict: overallVerdict(verdicts),
    verdicts,
    targets: sides.map(targetResult),
    changes: comparable(affected).flatMap(({ id, base, head }) => compareResources(id, base, head)),
    images: comparable(affected).flatMap(({ id, base, head }) => compareImages(id, base, head)),
    findings,
    notValidated,
  };
}

function headOf({
  engine,
  head,
  redactor,
  signal,
}: ReviewInput & Pick<RenderContext, 'redactor'>): RenderContext {
  return { engine, snapshot: head, redactor, signal };
}

async function judgeSides(
  sides: readonly Sides[],
  judges: OpenJudges,
): Promise<Record<'before' | 'after', Judgement>> {
  // What is wrong at the base may be gone or not where nobody knows the head.
  const comparedTo = sides.filter(({ head }) => head?.status !== 'failed');
  const [before, after] = await Promise.all([
    judge(renderedOf(comparedTo.map(({ base }) => base)), judges.base),
    judge(renderedOf(sides.map(({ head }) => head)), judges.head),
  ]);
  return { before, after };
}

function renderedOf(renderings: readonly (Rendering | null)[]): RenderedTarget[] {
  return renderings.filter((rendering) => rendering?.status === 'rendered');
}

/** Sides of which the head is known: a target that stopped rendering has not removed anything. */
function comparable(sides: readonly Sides[]) {
  return sides
    .filter(({ head }) => head?.status !== 'failed')
    .map(({ target, base, head }) => ({
      id: target.id,
      base: base?.status === 'rendered' ? base.resources : [],
      head: head?.status === 'rendered' ? head.resources : [],
    }));
}

function judgedConcerns(affected: readonly Sides[], files: number): Set<Concern> {
  const concerns = new Set<Concern>();
  if (affected.length > 0) concerns.add('render').add('schemas').add('policies').add('secrets');
  if (files > 0) concerns.add('schemas').add('secrets');
  return concerns;
}

function targetResult({ target, affected, base, head }: Sides): TargetResult {
  return { ...target, affected, status: statusOf(head), baseFailed: affected && base?.status === 'failed' };
}

function statusOf(head: Rendering | null): TargetResult['status'] {
  if (head === null) return 'removed';
  if (head.status === 'rendered') return 'rendered';
  return isRemote(head) ? 'notValidated' : 'failed';
}

function unique(items: readonly NotValidated[]): NotValidated[] {
  const byText = new Map(
    items.map((item) => [JSON.stringify([item.subject, item.reason, item.concern]), item]),
  );
  return [...byText.values()];
}
