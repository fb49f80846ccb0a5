import type { RenderReply } from '../engine/engine.ts';
import type { NotValidated } from '../model/finding.ts';
import { Redactor } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { type RenderEngine, withRemotes } from '../render/withRemotes.ts';
import { oneName, visible, visibleJson } from '../report/visible.ts';
import { NO_TARGETS } from '../report/words.ts';
import { readSettings } from '../settings/readSettings.ts';
import { findTargets, kustomizeTarget } from '../targets/findTargets.ts';
import { buildOptions } from '../targets/kustomize/buildOptions.ts';
import { complain } from './complain.ts';
import { discoverCommit } from './discoverCommit.ts';
import { EXIT } from './exit.ts';
import { asItIs, type HiddenCommit, hiding, type Shown } from './hiding.ts';
import { withWorkplace } from './open.ts';
import type { FetchOptions } from './remotes.ts';

export interface RenderOptions extends FetchOptions {
  readonly repo: string;
  readonly rev: string;
  readonly path: string | undefined;
  readonly all?: boolean;
  readonly format: 'yaml' | 'jsonl';
  readonly showSecrets?: boolean;
}

/** The manifests, or why there are none. */
type Outcome = { readonly manifests: string } | { readonly error: string };

/**
 * `hydrant render`: prints rendered manifests as the upstream tool does. Secret values are
 * replaced unless asked for, and at a terminal characters that have no sign. A target that fails is told and the others are printed.
 * @returns the exit code: 1 when a target did not render, 2 on wrong usage.
 */
export async function runRender(options: RenderOptions, onStep: OnStep): Promise<number> {
  if ((options.path === undefined) === (options.all !== true)) {
    complain('name one target, or --all', 'render');
    return EXIT.couldNotRun;
  }
  return withWorkplace({ ...options, onStep }, async (workplace) => {
    const snapshot = await workplace.repository.snapshot(await workplace.repository.resolve(options.rev));
    const redactor = new Redactor();
    const commit = { snapshot, workplace, redactor };
    const { targets, notValidated, renderings } =
      options.path === undefined ? await allTargets(commit) : await targetNamed(options.path, commit);
    const shown = options.showSecrets === true ? asItIs : await hiding(targets, { ...commit, renderings });
    if (targets.length === 0) complain(`no target: ${NO_TARGETS}`, 'render');
    const { settings } = await readSettings(snapshot);
    onStep({ stage: 'rendering' });
    const engine = withRemotes(workplace.engine, workplace.openRemotes(settings.remotes));
    const outcomes = await Promise.all(
      targets.map((target) => manifestsOf(target, snapshot, { engine, options, onStep })),
    );
    let code: number = EXIT.passed;
    for (const [index, target] of targets.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      print({ target, outcome: await shownOutcome(outcome, shown), options, first: index === 0 });
      if ('error' in outcome) code = EXIT.newErrors;
    }
    for (const { subject, reason } of notValidated)
      complain(`${oneName(subject)} is not followed: ${await shown(reason)}`, 'render');
    if (notValidated.length > 0 && code === EXIT.passed) code = EXIT.notValidated;
    return code;
  });
}

async function shownOutcome(outcome: Outcome, shown: Shown): Promise<Outcome> {
  if ('error' in outcome) return { error: await shown(outcome.error) };
  return { manifests: await shown(outcome.manifests) };
}

/** The targets of a commit, and what of them or besides them is not followed. */
async function allTargets({ snapshot, workplace, redactor }: HiddenCommit): Promise<Asked> {
  const { renderings, notValidated } = await discoverCommit(snapshot, workplace, redactor);
  return { targets: renderings.map(({ target }) => target), renderings, notValidated };
}

/** What is printed, and all renderings of the commit, where it takes them to know that. */
interface Asked {
  readonly targets: readonly Target[];
  readonly notValidated: readonly NotValidated[];
  readonly renderings: readonly Rendering[] | null;
}

/** A folder or chart of the commit, whether or not it is a target of its own; else a target by its id. */
async function targetNamed(wanted: string, commit: HiddenCommit): Promise<Asked> {
  const { snapshot } = commit;
  const path = wanted.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.';
  const { settings } = await readSettings(snapshot);
  const files = await findTargets(snapshot, { ...settings, targets: { include: [], exclude: [] } });
  const chart = files.find(({ id, kind }) => id === path && kind === 'helm');
  const only = (target: Target) => ({ targets: [target], notValidated: [], renderings: null });
  if (chart !== undefined) return only(chart);
  const folder = kustomizeTarget(path, buildOptions(settings));
  if (path === '.' || snapshot.entries.has(path)) return only(folder);
  const { targets, renderings } = await allTargets(commit);
  return { ...only(targets.find(({ id }) => id === wanted) ?? folder), renderings };
}

async function manifestsOf(
  { id, source }: Target,
  { gitDir, commit }: Snapshot,
  { engine, options, onStep }: { engine: RenderEngine; options: RenderOptions; onStep: OnStep },
): Promise<Outcome> {
  if (source.tool === 'none') return { error: source.reason };
  const mode = options.showSecrets === true ? 'none' : 'mask';
  onStep({ target: id });
  const reply: RenderReply = await engine.render({
    gitDir,
    commit,
    source,
    redaction: { mode },
    want: 'manifests',
  });
  return 'problem' in reply ? { error: reply.problem.message } : { manifests: reply.manifests ?? '' };
}

function print(part: { target: Target; outcome: Outcome; options: RenderOptions; first: boolean }): void {
  const { target, outcome, options, first } = part;
  const { id, kind } = target;
  if (options.format === 'jsonl') {
    process.stdout.write(`${visibleJson({ target: id, kind, ...outcome })}\n`);
  } else if ('error' in outcome) {
    complain(`${oneName(id)}: ${outcome.error}`, 'render');
  } else {
    // In a file or a pipe they are data, byte for byte; at a terminal somebody reads them.
    const shown = process.stdout.isTTY === true ? visible(outcome.manifests) : outcome.manifests;
    process.stdout.write(`${first ? '' : '---\n'}${shown}`);
  }
}
