import type { RenderReply } from '../engine/engine.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { readSettings } from '../settings/readSettings.ts';
import { findTargets } from '../targets/findTargets.ts';
import { EXIT } from './exit.ts';
import { type Workplace, withWorkplace } from './open.ts';

export interface RenderOptions {
  readonly repo: string;
  readonly rev: string;
  readonly path: string | undefined;
  readonly all?: boolean;
  readonly format: 'yaml' | 'jsonl';
  readonly showSecrets?: boolean;
}

/**
 * `hydrant render`: prints rendered manifests as the upstream tool does. Secret values are
 * replaced unless asked for. A target that fails is told and the others are printed.
 * @returns the exit code: 1 when a target did not render, 2 on wrong usage.
 */
export async function runRender(options: RenderOptions): Promise<number> {
  if ((options.path === undefined) === (options.all !== true)) {
    console.error('hydrant render: name one target folder, or --all');
    return EXIT.couldNotRun;
  }
  return withWorkplace(options.repo, async ({ repository, engine }) => {
    const snapshot = await repository.snapshot(await repository.resolve(options.rev));
    const targets = options.path === undefined ? await allTargets(snapshot) : [kustomizeTarget(options.path)];
    if (targets.length === 0) {
      console.error('hydrant render: no target: no folder has a kustomization that could be applied.');
    }
    const replies = await Promise.all(targets.map((target) => ask(target, snapshot, { engine, options })));
    let code: number = EXIT.passed;
    for (const [index, target] of targets.entries()) {
      const reply = replies[index];
      if (reply === undefined) continue;
      print({ target, reply, options, first: index === 0 });
      if ('problem' in reply) code = EXIT.newErrors;
    }
    return code;
  });
}

async function allTargets(snapshot: Snapshot): Promise<Target[]> {
  const { settings } = await readSettings(snapshot);
  return findTargets(snapshot, settings);
}

function kustomizeTarget(path: string): Target {
  const id = path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.';
  return { id, kind: 'kustomize', path: id, cluster: null, environment: null };
}

function ask(
  { path }: Target,
  { gitDir, commit }: Snapshot,
  { engine, options }: Pick<Workplace, 'engine'> & { options: RenderOptions },
): Promise<RenderReply> {
  const mode = options.showSecrets === true ? 'none' : 'mask';
  return engine.render({ gitDir, commit, path, redaction: { mode }, want: 'manifests' });
}

function print(part: { target: Target; reply: RenderReply; options: RenderOptions; first: boolean }): void {
  const { target, reply, options, first } = part;
  const { id, kind } = target;
  const failed = 'problem' in reply;
  if (options.format === 'jsonl') {
    const result = failed ? { error: reply.problem.message } : { manifests: reply.manifests };
    process.stdout.write(`${JSON.stringify({ target: id, kind, ...result })}\n`);
  } else if (failed) {
    console.error(`hydrant render: ${id}: ${reply.problem.message}`);
  } else {
    process.stdout.write(`${first ? '' : '---\n'}${reply.manifests}`);
  }
}
