import type { Engine } from '../engine/engine.ts';
import type { Discovery } from '../model/discovery.ts';
import type { NotValidated } from '../model/finding.ts';
import type { Followed, FollowedTarget } from '../model/followed.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { Redactor } from '../model/redacted.ts';
import type { RemoteInputs } from '../model/remoteInputs.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import type { Renderer } from '../render/renderer.ts';
import { findTargets } from '../targets/findTargets.ts';
import type { FollowContext, RepositoryIdentity } from '../targets/followContext.ts';
import type { KeptObjects } from '../targets/keptObjects.ts';
import { OPERATORS } from '../targets/operators.ts';
import { type PlainObjects, readPlainObjects } from '../targets/plainObjects.ts';
import { childrenOf } from './children.ts';
import { knownObjects, pathsRead } from './knownObjects.ts';
import { unrenderedParts } from './unrendered.ts';
import { withoutApplied } from './withoutApplied.ts';

/** What a commit is searched with. */
export interface DiscoverContext {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly repository: RepositoryIdentity;
  readonly engine: Engine;
  readonly renderer: Renderer;
  readonly redactor: Redactor;
  readonly remote: RemoteInputs;
  /** What earlier reviews read in plain files. */
  readonly keptObjects?: KeptObjects | undefined;
  /** As {@link FollowContext.madeBefore}. */
  readonly madeBefore?: FollowContext['madeBefore'];
  /** Hears how many targets are rendered. */
  readonly onStep?: OnStep | undefined;
}

/** A bound on the rounds, far above the layers of Applications in Applications that repositories have. */
const MAX_ROUNDS = 25;

/** Of the operators, for messages. */
const NAMES = OPERATORS.map(({ name }) => name).join(' or ');

/**
 * Finds and renders the targets of a commit: first those that its files make, then those
 * that operators' objects declare, in files and in what was rendered, again and again
 * until nothing new appears. What an operator's object applies is no target of its own.
 * @throws as rendering does.
 */
export async function discover(context: DiscoverContext): Promise<Discovery> {
  const [files, plain] = await Promise.all([
    findTargets(context.snapshot, context.settings),
    readPlainObjects(context.snapshot, context),
  ]);
  let targets: readonly Target[] = files;
  let followed = nothing();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const renderings = await renderAll(targets, context);
    const objects = knownObjects(plain.objects, renderings);
    followed = await follow({ ...context, objects });
    const next = [
      ...withoutApplied(files, followed.targets, renderings),
      ...followed.targets.map(({ target }) => target),
    ];
    if (idsAndSources(next) === idsAndSources(targets))
      return discovered(
        renderings,
        { objects, plain, snapshot: context.snapshot },
        withUnreadable(followed, plain, renderings),
      );
    targets = next;
  }
  const renderings = await renderAll(targets, context);
  const notValidated: NotValidated = {
    subject: 'targets',
    reason: `objects that declare each other did not come to rest in ${MAX_ROUNDS} rounds`,
    concern: 'render',
  };
  const found = await discovered(
    renderings,
    { objects: knownObjects(plain.objects, renderings), plain, snapshot: context.snapshot },
    withUnreadable(followed, plain, renderings),
  );
  return { ...found, notValidated: [...found.notValidated, notValidated] };
}

async function renderAll(
  targets: readonly Target[],
  { renderer, snapshot, onStep }: DiscoverContext,
): Promise<Rendering[]> {
  const tellOne = counter(targets.length, onStep);
  const render = async (target: Target) => {
    const rendering = await renderer.render(target, snapshot);
    tellOne();
    return rendering;
  };
  const renderings = await Promise.all(targets.map(render));
  return renderings.toSorted((a, b) => (a.target.id < b.target.id ? -1 : 1));
}

/** So often, in milliseconds, it is told how many are rendered: those that are taken from a store take no time. */
const TELL_MS = 100;

/** Tells of each target that is rendered, or of several at once. */
function counter(of: number, onStep: OnStep | undefined): () => void {
  let [done, told] = [0, 0];
  return () => {
    done += 1;
    const now = Date.now();
    if (now - told < TELL_MS) return;
    told = now;
    onStep?.({ done, of });
  };
}

async function follow(context: FollowContext): Promise<Followed> {
  const all = await Promise.all(OPERATORS.map((operator) => operator.follow(context)));
  return {
    targets: distinct(all.flatMap(({ targets }) => targets)),
    made: all.flatMap(({ made }) => made),
    violations: all.flatMap(({ violations }) => violations),
    notValidated: all.flatMap(({ notValidated }) => notValidated),
  };
}

/** Makes ids unique: where targets share one because their clusters are unknown, the file is added to it. */
function distinct(targets: readonly FollowedTarget[]): FollowedTarget[] {
  const seen = new Map<string, number>();
  return targets.map((followed) => {
    const { id } = followed.target;
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    if (count === 1) return followed;
    const { place } = followed.record.object;
    const where = place.in === 'file' ? place.path : `${count}`;
    return { ...followed, target: { ...followed.target, id: `${id} (${where})` } };
  });
}

/** Adds the files that cannot be read, except those that a render reads: its own problem says so. */
function withUnreadable(
  followed: Followed,
  { unreadable, tooLarge }: PlainObjects,
  renderings: readonly Rendering[],
): Followed {
  const read = pathsRead(renderings);
  const notValidated = unreadable
    .filter((path) => !read.has(path))
    .map((path): NotValidated => {
      const reason = `it is not valid YAML, so that the objects of ${NAMES} in it are not followed`;
      return { subject: path, reason, concern: 'render' };
    });
  const large = tooLarge
    .filter((path) => !read.has(path))
    .map((path): NotValidated => {
      const reason = `it is larger than 8 MiB, so that objects of ${NAMES} in it are not followed`;
      return { subject: path, reason, concern: 'render' };
    });
  return { ...followed, notValidated: [...followed.notValidated, ...notValidated, ...large] };
}

function idsAndSources(targets: readonly Target[]): string {
  const sorted = targets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.stringify(
    sorted.map(({ source, ...target }) => [target, source.tool === 'none' ? source : source.key]),
  );
}

async function discovered(
  renderings: readonly Rendering[],
  {
    objects,
    plain,
    snapshot,
  }: {
    readonly objects: readonly FoundObject[];
    readonly plain: PlainObjects;
    readonly snapshot: Snapshot;
  },
  { targets, made, violations, notValidated }: Followed,
): Promise<Discovery> {
  const children = childrenOf(targets, renderings);
  const followed = { targets, notValidated };
  return {
    renderings,
    definitionFiles: plain.definitionFiles,
    objects: [...objects, ...made],
    declared: new Map(
      targets.map(({ target: { id }, record }) => [id, { ...record, children: children.get(id) ?? [] }]),
    ),
    violations,
    notValidated,
    unrendered: await unrenderedParts({ followed, renderings, objects, snapshot }),
  };
}

function nothing(): Followed {
  return { targets: [], made: [], violations: [], notValidated: [] };
}
