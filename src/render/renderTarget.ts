import type { KeyedSource } from '../model/keyedSource.ts';
import type { ManifestValue } from '../model/manifest.ts';
import type { Redactor } from '../model/redacted.ts';
import { redactManifest } from '../model/redactManifest.ts';
import type { Origin, Rendering } from '../model/rendering.ts';
import { type Resource, toResources } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import type { NotFollowed, Target } from '../model/target.ts';
import type { Trace } from '../model/trace.ts';
import { withoutNamespace } from './withoutNamespace.ts';
import type { RenderEngine } from './withRemotes.ts';

/** What rendering needs besides the target. */
export interface RenderContext {
  readonly engine: RenderEngine;
  readonly snapshot: Snapshot;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: OnStep | undefined;
}

/**
 * Renders one target at a snapshot. A target that does not render, or that nobody can
 * render without its operator, gives its problem.
 * @throws only when aborted, or when the engine cannot be started at all.
 */
export async function renderTarget(target: Target, context: RenderContext): Promise<Rendering> {
  const { source } = target;
  if (source.tool === 'none') return notFollowed(target, source, context.snapshot);
  context.onStep?.({ target: target.id });
  const reply = await ask(source, context, 'resources');
  // Others began in the meantime, and what follows is done in this process.
  context.onStep?.({ target: target.id });
  if ('problem' in reply) {
    context.redactor.unsealSecrets(reply.sealed);
    const { trace, problem, fetched, refused } = reply;
    return { status: 'failed', target, trace, problem, ...(refused !== undefined && { fetched, refused }) };
  }
  context.redactor.unseal(reply.sealed);
  const { trace, leftOut, replacing, fetched } = reply;
  const resources = resourcesOf(reply, context);
  return {
    status: 'rendered',
    target,
    trace,
    resources,
    ...(leftOut !== undefined && { leftOut }),
    ...(replacing !== undefined && { replacing }),
    ...(fetched !== undefined && { fetched }),
  };
}

/**
 * Where each rendered object of a target comes from, by its index. Costs up to twice a
 * plain render, so it is asked only where a finding needs a place. Empty when it fails.
 */
export async function renderOrigins(target: Target, context: RenderContext): Promise<readonly Origin[]> {
  if (target.source.tool === 'none') return [];
  const reply = await ask(target.source, context, 'origins');
  return 'problem' in reply ? [] : (reply.origins ?? []);
}

function resourcesOf(
  { resources = [] }: { readonly resources?: readonly unknown[] },
  { redactor }: RenderContext,
): Resource[] {
  // What the engine sends is JSON; the redactor is the first to look at it.
  return withoutNamespace(
    toResources(resources.map((object) => redactManifest(object as ManifestValue, redactor))),
  );
}

function notFollowed(target: Target, { reason }: NotFollowed, snapshot: Snapshot): Rendering {
  const problem = { kind: 'not-followed', message: reason, path: null, line: null, subject: null } as const;
  return { status: 'failed', target, trace: folderOf(target, snapshot), problem };
}

/** What the operator would read of this repository, as far as that is known: the folder as a whole. */
function folderOf({ path, source }: Target, snapshot: Snapshot): Trace {
  if (source.tool === 'none' && source.otherRevision) return [];
  const entry = snapshot.entries.get(path);
  return entry === undefined ? [] : [{ path, state: 'tree', oid: entry.oid }];
}

function ask(
  source: KeyedSource,
  { engine, snapshot, redactor, signal }: RenderContext,
  want: 'resources' | 'origins',
) {
  const { gitDir, commit } = snapshot;
  const redaction = { mode: 'digest', key: redactor.key } as const;
  return engine.render({ gitDir, commit, source, redaction, want }, signal);
}
