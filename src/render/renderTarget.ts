import type { Engine } from '../engine/engine.ts';
import { type ManifestValue, redactManifest } from '../model/manifest.ts';
import type { Redactor } from '../model/redacted.ts';
import type { Origin, Rendering } from '../model/rendering.ts';
import { toResources } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';

/** What rendering needs besides the target. */
export interface RenderContext {
  readonly engine: Engine;
  readonly snapshot: Snapshot;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Renders one target at a snapshot. A target that does not render gives its problem.
 * @throws only when aborted, or when the engine cannot be started at all.
 */
export async function renderTarget(target: Target, context: RenderContext): Promise<Rendering> {
  const reply = await ask(target, context, 'resources');
  if ('problem' in reply) return { status: 'failed', target, trace: reply.trace, problem: reply.problem };
  const objects = (reply.resources ?? []).map((object) =>
    // What the engine sends is JSON; the redactor is the first to look at it.
    redactManifest(object as ManifestValue, context.redactor),
  );
  return { status: 'rendered', target, trace: reply.trace, resources: toResources(objects) };
}

/**
 * Where each rendered object of a target comes from, by its index. Costs up to twice a
 * plain render, so it is asked only where a finding needs a place. Empty when it fails.
 */
export async function renderOrigins(target: Target, context: RenderContext): Promise<readonly Origin[]> {
  const reply = await ask(target, context, 'origins');
  return 'problem' in reply ? [] : (reply.origins ?? []);
}

function ask(
  target: Target,
  { engine, snapshot, redactor, signal }: RenderContext,
  want: 'resources' | 'origins',
) {
  return engine.render(
    {
      gitDir: snapshot.gitDir,
      commit: snapshot.commit,
      path: target.path,
      redaction: { mode: 'digest', key: redactor.key },
      want,
    },
    signal,
  );
}
