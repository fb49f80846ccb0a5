import { compareResources } from '../compare/changes.ts';
import { compareImages } from '../compare/images.ts';
import type { Engine } from '../engine/engine.ts';
import type { Concern, NotValidated } from '../model/finding.ts';
import type { AddedHistory } from '../model/history.ts';
import type { ManifestObject } from '../model/manifest.ts';
import { Redactor } from '../model/redacted.ts';
import type { OpenRemotes } from '../model/remoteInputs.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Review, TargetResult } from '../model/review.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import { Renderer } from '../render/renderer.ts';
import type { RenderContext } from '../render/renderTarget.ts';
import { withRemotes } from '../render/withRemotes.ts';
import type { RepositoryIdentity } from '../targets/followContext.ts';
import { judgeAcross } from './acrossTargets.ts';
import { dangerFindings } from './dangerFindings.ts';
import { applyExceptions } from './exceptions.ts';
import { idlePatches } from './idlePatches.ts';
import { judgeSides } from './judgeSides.ts';
import { openJudges } from './openJudges.ts';
import { operatorFindings } from './operatorFindings.ts';
import { Placer } from './placer.ts';
import { hideInSides } from './renderedCredentials.ts';
import { isLeftOut, renderFindings } from './renderFindings.ts';
import { type BothSides, renderSides, type Sides } from './renderSides.ts';
import { resourceFindings } from './resourceFindings.ts';
import { reviewSettings } from './reviewSettings.ts';
import { judgeSources, type SourceOutcome } from './sources.ts';
import { targetFindings } from './targetFindings.ts';
import { overallVerdict, verdictsOf } from './verdicts.ts';

/** The two commits under review, and what reviews them. */
export interface ReviewInput {
  readonly base: Snapshot;
  readonly head: Snapshot;
  /** Where settings and policies are read: the base branch. */
  readonly inForce: Snapshot;
  readonly changedPaths: readonly ChangedPath[];
  /** What the commits between the two bring into Git's history. */
  readonly history: AddedHistory;
  readonly engine: Engine;
  /** By what operators' objects name the repository. */
  readonly repository: RepositoryIdentity;
  /** Opens what the settings in force allow to be fetched. */
  readonly openRemotes: OpenRemotes;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reviews what merging the head would change. The same commits give the same review.
 * @throws when aborted, when Git objects cannot be read, or when the engine cannot start;
 *   a broken target, policy, schema or file is a finding instead.
 */
export async function review(input: ReviewInput): Promise<Review> {
  const { settings, findings: settingsFindings } = await reviewSettings(input.inForce, input.head);
  const remote = input.openRemotes(settings.remotes.allow);
  const redactor = new Redactor();
  const rendering = { engine: withRemotes(input.engine, remote), redactor, signal: input.signal };
  const context = { ...input, redactor, renderer: new Renderer(rendering) };
  const contexts = contextsOf(input, rendering);

  const { sides, ...found } = await renderSides({ ...context, settings, remote });
  const affected = sides.filter((side) => side.affected);
  const placer = new Placer(contexts.head, found.head);
  const places = { placer, declared: found.head.declared };
  const failures = await renderFindings(sides, places);
  const sources = await judgeSources({ ...context, ...rendering, sides: affected, found });
  const judges = await openJudges({ ...context, settings, sides, discovered: found });
  const { before, after } = await judgeSides(sides, judges);
  input.signal?.throwIfAborted();
  const across = judgeAcross(found.base, found.head);
  const shown = await hideInSides(affected, { ...context, secrets: sources.secrets });
  const resources = await resourceFindings(
    [...before.judged, ...shown.before, ...across.before],
    [...after.judged, ...shown.after, ...across.after],
    { placer, basePlacer: new Placer(contexts.base, found.base), affected },
  );
  const targets = await targetFindings(before.ofTargets, after.ofTargets, { ...places, affected });
  const operating = { ...input, settings, sides, place: placer, plainJudges: judges };
  const operators = await operatorFindings(found, operating);
  const dangers = await dangerFindings({ sides, ...found }, { ...input, placer });

  const all = [
    ...settingsFindings,
    ...judges.findings,
    ...failures.findings,
    ...sources.findings,
    ...resources,
    ...dangers,
    ...(await idlePatches(affected, contexts)),
    ...targets,
    ...operators.findings,
  ];
  const { findings, excepted } = applyExceptions(all, { ...input, settings, sides });
  const notValidated = unique(
    [operators, failures, sources, judges, after].flatMap((part) => part.notValidated),
  );
  const verdicts = verdictsOf(findings, notValidated, judgedConcerns(affected, sources), settings.gate);
  return {
    base: input.base.commit,
    head: input.head.commit,
    verdict: overallVerdict(verdicts),
    verdicts,
    gate: settings.gate,
    targets: sides.map(targetResult),
    changes: comparable(shown.sides).flatMap(({ id, base, head }) =>
      compareResources(id, base, head, applicationOf(id, found.head)),
    ),
    images: comparable(affected).flatMap(({ id, base, head }) => compareImages(id, base, head)),
    findings,
    excepted,
    notValidated,
  };
}

function contextsOf(
  { base, head }: ReviewInput,
  rendering: Omit<RenderContext, 'snapshot'>,
): Record<'base' | 'head', RenderContext> {
  return { base: { ...rendering, snapshot: base }, head: { ...rendering, snapshot: head } };
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

function applicationOf(id: string, { declared }: BothSides['head']): ManifestObject | null {
  const object = declared.get(id)?.resource;
  return object?.kind === 'Application' ? object.manifest : null;
}

function judgedConcerns(
  affected: readonly Sides[],
  { files, commitFiles }: Pick<SourceOutcome, 'files' | 'commitFiles'>,
): Set<Concern> {
  const concerns = new Set<Concern>();
  if (affected.length > 0) concerns.add('render').add('schemas').add('policies').add('secrets');
  if (files > 0) concerns.add('schemas').add('secrets');
  if (commitFiles > 0) concerns.add('secrets');
  return concerns;
}

function targetResult({ target, affected, base, head }: Sides): TargetResult {
  const { source: _, ...shown } = target;
  return { ...shown, affected, status: statusOf(head), baseFailed: affected && base?.status === 'failed' };
}

function statusOf(head: Rendering | null): TargetResult['status'] {
  if (head === null) return 'removed';
  if (head.status === 'rendered') return 'rendered';
  return isLeftOut(head) ? 'notValidated' : 'failed';
}

function unique(items: readonly NotValidated[]): NotValidated[] {
  const byText = new Map(
    items.map((item) => [JSON.stringify([item.subject, item.reason, item.concern]), item]),
  );
  return [...byText.values()];
}
