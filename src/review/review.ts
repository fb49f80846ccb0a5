import { Placer } from '../causes/placer.ts';
import { openJudges } from '../checks/openJudges.ts';
import type { CommitWorld, World } from '../checks/world.ts';
import { compareTargets } from '../compare/compareTargets.ts';
import { rolloutOf } from '../compare/rollout.ts';
import { ownAddresses } from '../discovery/ownAddresses.ts';
import { type BothCommits, renderCommits } from '../discovery/renderCommits.ts';
import type { Engine } from '../engine/engine.ts';
import { applyExceptions } from '../findings/exceptions.ts';
import { placeSubjects } from '../findings/placeSubjects.ts';
import { type CheckJudgement, type SettleContext, settle } from '../findings/settle.ts';
import { judgedConcerns, overallVerdict, verdictsOf } from '../findings/verdicts.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { AddedHistory } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import { Redactor } from '../model/redacted.ts';
import type { OpenRemotes, RemoteInputs } from '../model/remoteInputs.ts';
import { type FailedRendering, isLeftOut, type RenderedTarget } from '../model/rendering.ts';
import type { Review, TargetResult } from '../model/review.ts';
import type { Settings } from '../model/settings.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import { Renderer } from '../render/renderer.ts';
import type { RenderContext } from '../render/renderTarget.ts';
import { withRemotes } from '../render/withRemotes.ts';
import { type SecretSearchContext, searchSecrets } from '../secrets/searchSecrets.ts';
import { reviewSettings } from '../settings/reviewSettings.ts';
import type { RepositoryIdentity } from '../targets/followContext.ts';
import { CHECKS } from './checks.ts';

/** The two commits under review, and what reviews them. */
export interface ReviewInput {
  readonly base: Snapshot;
  readonly head: Snapshot;
  /** The base branch as it is now: settings and policies are read there. */
  readonly settingsCommit: Snapshot;
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
  const { base, head, settingsCommit, changedPaths, signal } = input;
  // 1. The settings of the base branch.
  const { settings, judgement: settingsJudgement } = await reviewSettings(settingsCommit, head);
  // 2. Both commits' targets, rendered.
  const tools = renderTools(input, settings);
  const both = await renderCommits({ ...input, ...tools, settings });
  const { compared } = both;
  const affected = compared.filter((target) => target.affected);
  // 3. Plain Secrets. The search also gives the targets with credentials hidden: step 7 shows
  //    those, while the checks of step 4 judge the targets as they are.
  const secrets = await searchSecrets(affected, searchContext(input, both, tools));
  // 4. What every check says of base and head.
  const world = await openWorld(input, { settings, both, tools, secrets: secrets.judgement });
  const judgements = await judgeAll(compared, world);
  signal?.throwIfAborted();
  // 5. New, existing or fixed, each on its line.
  const { findings: settled, notValidated } = await settle(
    [{ concern: 'render', judgement: settingsJudgement }, ...judgements],
    { compared, changedPaths, snapshots: { base, head }, placesAt: placesIn(world) },
  );
  // 6. Without what is excepted.
  const { findings, excepted } = applyExceptions(settled, { settings, settingsCommit, head, compared });
  // 7. The resources of base and head compared.
  const { changes, images } = compareTargets({ shown: secrets.shown, rendered: affected, commits: both });
  // 8. A verdict for each concern.
  const judged = judgedConcerns({ affected: affected.length, ...secrets });
  const verdicts = verdictsOf(findings, { notValidated, judged, gate: settings.gate });
  const listed = compared.filter(({ handedOver }) => handedOver !== true);
  return {
    base: base.commit,
    head: head.commit,
    targets: listed.map((target) => targetResult(target, both)),
    verdict: overallVerdict(verdicts),
    verdicts,
    gate: settings.gate,
    changes,
    images,
    findings,
    excepted,
    notValidated,
  };
}

/** What a review renders with. */
interface RenderTools {
  readonly context: Omit<RenderContext, 'snapshot'>;
  readonly renderer: Renderer;
  readonly redactor: Redactor;
  readonly remote: RemoteInputs;
}

function renderTools({ engine, openRemotes, signal }: ReviewInput, settings: Settings): RenderTools {
  const redactor = new Redactor();
  const remote = openRemotes(settings.remotes);
  const context = { engine: withRemotes(engine, remote), redactor, signal };
  return { context, renderer: new Renderer(context), redactor, remote };
}

function searchContext(
  { base, head, changedPaths, history }: ReviewInput,
  both: BothCommits,
  { context }: RenderTools,
): SecretSearchContext {
  return {
    base: { ...both.base, snapshot: base },
    head: { ...both.head, snapshot: head },
    changedPaths,
    history,
    ...context,
  };
}

async function openWorld(
  { base, head, settingsCommit, changedPaths, engine, repository, signal }: ReviewInput,
  {
    settings,
    both,
    tools,
    secrets,
  }: {
    readonly settings: Settings;
    readonly both: BothCommits;
    readonly tools: RenderTools;
    readonly secrets: Judgement;
  },
): Promise<World> {
  const addresses = ownAddresses({ repository, settings, discovered: both.head });
  const opened = {
    settingsCommit,
    settings,
    compared: both.compared,
    discovered: both,
    addresses,
    engine,
    signal,
  };
  const { policyProblems, ...judges } = await openJudges(opened);
  const commitOf = (side: 'base' | 'head', snapshot: Snapshot): CommitWorld => ({
    snapshot,
    discovery: both[side],
    judges: judges[side],
    rendering: { ...tools.context, snapshot },
  });
  const commits = { base: commitOf('base', base), head: commitOf('head', head) };
  return { ...commits, settingsCommit, settings, changedPaths, policyProblems, secrets };
}

async function judgeAll(compared: readonly ComparedTarget[], world: World): Promise<CheckJudgement[]> {
  return Promise.all(
    CHECKS.map(async (check) => ({
      concern: check.concern,
      judgement: await check.judge(compared, world),
    })),
  );
}

function placesIn({ base, head }: World): SettleContext['placesAt'] {
  const placesOf = ({ rendering, discovery }: CommitWorld) => ({
    placer: new Placer(rendering, discovery),
    declared: discovery.declared,
  });
  const places = { base: placesOf(base), head: placesOf(head) };
  return (side, violations) => placeSubjects(violations, places[side]);
}

function targetResult({ target, affected, base, head }: ComparedTarget, both: BothCommits): TargetResult {
  const { source: _, ...shown } = target;
  return {
    ...shown,
    affected,
    status: statusOf(head),
    baseFailed: affected && base?.status === 'failed',
    ...rolloutOf(target.id, both),
  };
}

function statusOf(head: RenderedTarget | FailedRendering | null): TargetResult['status'] {
  if (head === null) return 'removed';
  if (head.status === 'rendered') return 'rendered';
  return isLeftOut(head) ? 'notValidated' : 'failed';
}
