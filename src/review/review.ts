import { Placer } from '../causes/placer.ts';
import { bothSets } from '../checks/admission/bothSets.ts';
import { openJudges } from '../checks/openJudges.ts';
import type { CommitWorld, World } from '../checks/world.ts';
import { compareTargets } from '../compare/compareTargets.ts';
import { type DiscoverContext, discover } from '../discovery/discover.ts';
import { ownAddresses } from '../discovery/ownAddresses.ts';
import { type BothCommits, renderCommits } from '../discovery/renderCommits.ts';
import { withWhole } from '../discovery/withWhole.ts';
import type { Engine } from '../engine/engine.ts';
import { applyExceptions } from '../findings/exceptions.ts';
import { placeSubjects } from '../findings/placeSubjects.ts';
import { type SettleContext, settle } from '../findings/settle.ts';
import { judgedConcerns, overallVerdict, verdictsOf } from '../findings/verdicts.ts';
import type { Discovery } from '../model/discovery.ts';
import type { HeldFacts } from '../model/heldFacts.ts';
import type { AddedHistory } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import { Redactor } from '../model/redacted.ts';
import type { OpenRemotes, RemoteInputs } from '../model/remoteInputs.ts';
import type { Review } from '../model/review.ts';
import type { Settings } from '../model/settings.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { Renderer } from '../render/renderer.ts';
import type { RenderContext } from '../render/renderTarget.ts';
import { withRemotes } from '../render/withRemotes.ts';
import { hiddenError, hiddenReview } from '../secrets/hiding/hiddenReview.ts';
import { Hider } from '../secrets/hiding/hider.ts';
import { type SearchedCommit, searchSecrets } from '../secrets/searchSecrets.ts';
import { reviewSettings } from '../settings/reviewSettings.ts';
import type { RepositoryIdentity } from '../targets/followContext.ts';
import { judgeAll } from './judgeAll.ts';
import { holdsNoSecret, keptObjects, keptRenderings } from './kept.ts';
import { targetResults } from './targetResults.ts';

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
  /** What earlier reviews rendered; nothing by default. */
  readonly kept?: HeldFacts | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears what the review has come to. */
  readonly onStep?: OnStep | undefined;
}

/**
 * Reviews what merging the head would change. The same commits give the same review.
 * @throws when aborted, when Git objects cannot be read, or when the engine cannot start;
 *   a broken target, policy, schema or file is a finding instead.
 */
export async function review(input: ReviewInput): Promise<Review> {
  const redactor = new Redactor();
  try {
    return await reviewWith(redactor, input);
  } catch (error) {
    // What failed may quote what it read, and nobody knows yet which of it is secret.
    throw hiddenError(error, new Hider(redactor.allContents(), () => false));
  }
}

async function reviewWith(redactor: Redactor, input: ReviewInput): Promise<Review> {
  const { base, head, settingsCommit, changedPaths, engine, repository, signal, onStep } = input;
  // 1. The settings of the base branch.
  const { settings, judgement: settingsJudgement } = await reviewSettings(settingsCommit, head);
  // 2. Both commits' targets, rendered.
  const { renderer, rendering, remote } = await renderTools(input, { settings, redactor });
  const given = { settings, repository, engine, renderer, redactor, remote, onStep };
  const tools = { ...given, keptObjects: keptObjects(input, redactor) };
  const both = await renderBoth(input, tools);
  const { compared } = both;
  const affected = compared.filter((target) => target.affected);
  // 3. Plain Secrets. The search also gives the targets with credentials hidden: step 7 shows
  //    those, while the checks of step 4 judge the targets as they are.
  const secrets = await searchSecrets(affected, { ...searchedCommits(input, both, tools), ...rendering });
  // 4. What every check says of base and head.
  const world = await openWorld(input, { settings, both, rendering, renderer, secrets: secrets.judgement });
  const judgements = await judgeAll(compared, world, { signal, onStep });
  // 5. New, existing or fixed, each on its line.
  onStep?.({ stage: 'finding the lines of findings' });
  const all = [{ concern: 'render' as const, judgement: settingsJudgement }, ...judgements];
  const places = { compared, changedPaths, snapshots: { base, head }, placesAt: placesIn(world) };
  const { findings: settled, notValidated } = await settle(all, places);
  // 6. Without what is excepted.
  const { findings, excepted } = applyExceptions(settled, { settings, settingsCommit, head, compared });
  // 7. The resources of base and head compared.
  const comparison = compareTargets({ ...secrets, rendered: affected, commits: both, onStep });
  // 8. A verdict for each concern.
  const judged = judgedConcerns(affected.length, secrets);
  const verdicts = verdictsOf(findings, { notValidated, judged, gate: settings.gate });
  // 9. Nothing is kept and nothing leaves that holds a secret.
  await keepHarmless(renderer, input.kept, secrets.hider);
  const reviewed: Review = {
    base: base.commit,
    head: head.commit,
    targets: targetResults(both),
    verdict: overallVerdict(verdicts),
    verdicts,
    ...wanted(settings),
    ...comparison,
    findings,
    excepted,
    notValidated,
  };
  return hiddenReview(reviewed, secrets.hider);
}

/** What the settings want of the reports. */
function wanted({ gate, comment }: Settings): Pick<Review, 'gate' | 'commentMode'> {
  return { gate, commentMode: comment.mode };
}

/** Keeps for later reviews what holds no secret of this one. */
async function keepHarmless(renderer: Renderer, kept: HeldFacts | undefined, hider: Hider): Promise<void> {
  await renderer.keep();
  await kept?.release((key, text) => holdsNoSecret({ key, text }, hider));
}

/** What targets are rendered with. */
interface RenderTools {
  /** Of any commit. */
  readonly rendering: Omit<RenderContext, 'snapshot'>;
  readonly renderer: Renderer;
  readonly remote: RemoteInputs;
}

async function renderTools(
  input: ReviewInput,
  { settings, redactor }: { readonly settings: Settings; readonly redactor: Redactor },
): Promise<RenderTools> {
  const { engine, openRemotes, signal, onStep } = input;
  onStep?.({ stage: 'finding and rendering targets' });
  const remote = openRemotes(settings.remotes);
  const rendering = { engine: withRemotes(engine, remote), redactor, signal, onStep };
  const kept = await keptRenderings(input, { settings, redactor, remote });
  return { rendering, renderer: new Renderer(rendering, kept), remote };
}

/** Both commits. All objects of a cluster are judged where the merge changes what the API server asks about them. */
async function renderBoth(
  { base, head, settingsCommit }: ReviewInput,
  tools: Omit<DiscoverContext, 'snapshot'>,
): Promise<BothCommits> {
  const found = await renderCommits({ base, head, settingsCommit, ...tools });
  const { differ, needWhole } = bothSets(found.compared);
  const isWanted = (target: Target) => needWhole || differ(target);
  return withWhole(found, { renderer: tools.renderer, base, head, isWanted });
}

function searchedCommits(
  { base, head, changedPaths, history }: ReviewInput,
  both: BothCommits,
  tools: Omit<DiscoverContext, 'snapshot'>,
) {
  const commitOf = (snapshot: Snapshot, { renderings, declared }: Discovery): SearchedCommit => ({
    snapshot,
    renderings,
    declared,
  });
  return {
    base: commitOf(base, both.base),
    head: commitOf(head, both.head),
    changedPaths,
    history,
    discoverAt: async (snapshot: Snapshot) => discover({ ...tools, snapshot }),
  };
}

/** What step 4 takes of the steps before it. */
interface Reviewed extends Pick<RenderTools, 'rendering' | 'renderer'> {
  readonly settings: Settings;
  readonly both: BothCommits;
  readonly secrets: Judgement;
}

async function openWorld(
  { base, head, settingsCommit, changedPaths, engine, repository, signal, onStep }: ReviewInput,
  { settings, both, rendering, renderer, secrets }: Reviewed,
): Promise<World> {
  onStep?.({ stage: 'reading schemas and policies' });
  const addresses = ownAddresses({ repository, settings, discovered: both.head });
  const judges = await openJudges({ settingsCommit, settings, both, addresses, engine, signal });
  const commitOf = (side: 'base' | 'head', snapshot: Snapshot): CommitWorld => ({
    snapshot,
    discovery: both[side],
    judges: judges[side],
    rendering: { ...rendering, snapshot },
    whole: (one) => renderer.renderWhole(one.target, snapshot),
  });
  return {
    base: commitOf('base', base),
    head: commitOf('head', head),
    settingsCommit,
    settings,
    own: { addresses, branch: repository.branch },
    changedPaths,
    policyProblems: judges.policyProblems,
    secrets,
  };
}

function placesIn({ base, head }: World): SettleContext['placesAt'] {
  const placesOf = ({ rendering, discovery }: CommitWorld) => ({
    placer: new Placer(rendering, discovery),
    declared: discovery.declared,
  });
  const places = { base: placesOf(base), head: placesOf(head) };
  return (side, violations) => placeSubjects(violations, places[side]);
}
