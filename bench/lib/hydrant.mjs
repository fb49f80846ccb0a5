// Hydrant's side of the measurements, through its command line and through its engine.
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';

const command = fileURLToPath(new URL('../../bin/hydrant.js', import.meta.url));

/**
 * The whole review of base and head, as everyone gets it.
 * @param {string} cache where compiled built-in policies are kept between runs.
 * @returns {import('./command.mjs').Command}
 */
export function checkCommand({ dir, base, head }, cache) {
  return {
    program: process.execPath,
    args: [command, 'check', '--repo', dir, '--base', base, '--head', head, '--format', 'json', '--offline'],
    env: { XDG_CACHE_HOME: cache },
  };
}

/** What `hydrant check` takes, process start included. Everything must have been reviewed. */
export function hydrantCheck(repository, cache) {
  const { stdout, ...time } = run(checkCommand(repository, cache));
  const { targets, changes, notValidated, findings } = JSON.parse(stdout);
  const wanted = repository.overlays.length;
  const reviewed = targets.filter(({ affected, status }) => affected && status === 'rendered').length;
  const unplaced = findings.filter(({ location }) => location === null).length;
  if (reviewed !== wanted || changes.length !== wanted || notValidated.length > 0 || unplaced > 0) {
    throw new Error(
      `of ${wanted} overlays ${reviewed} were reviewed, with ${changes.length} changes, ` +
        `${notValidated.length} not validated, ${unplaced} findings without a line`,
    );
  }
  return time;
}

/** What a review takes of a change of one overlay: it alone is affected, and nothing is wrong with it. */
export function changeCheck(repository, cache) {
  const { stdout, ...time } = run(checkCommand(repository, cache));
  const { targets, notValidated } = JSON.parse(stdout);
  const affected = targets.filter((target) => target.affected).length;
  if (affected !== 1 || notValidated.length > 0)
    throw new Error(`${affected} targets are affected, ${notValidated.length} things not validated`);
  return time;
}

/** @returns {import('./command.mjs').Command} */
export function helpCommand() {
  return { program: process.execPath, args: [command, '--help'] };
}

/** What a review of Applications takes that all break rules: each has to be told at its place. */
export function applicationsCheck(repository, cache) {
  const { stdout, ...time } = run({ ...checkCommand(repository, cache), codes: [1] });
  const { targets, notValidated, findings } = JSON.parse(stdout);
  const rendered = targets.filter(({ kind, status }) => kind === 'Application' && status === 'rendered');
  const named = new Set(findings.flatMap((finding) => finding.targets));
  if (rendered.length !== repository.applications || notValidated.length > 0) {
    throw new Error(`${rendered.length} Applications rendered, ${notValidated.length} were not validated`);
  }
  if (!rendered.every(({ id }) => named.has(id))) throw new Error('an Application has no finding');
  return time;
}

/**
 * Milliseconds in which one engine process renders every overlay of the head, one after the
 * other, each a request. It has rendered one overlay of the base before, as the peer has.
 */
export async function hydrantRender({ dir, base, head, overlays }) {
  const { EnginePool } = await import('../../dist/src/engine/pool.js');
  const engine = new EnginePool({ size: 1 });
  const render = async (commit, path) => {
    const reply = await engine.render({
      gitDir: `${dir}/.git`,
      commit,
      source: { tool: 'kustomize', path },
      redaction: { mode: 'none' },
      want: 'manifests',
    });
    if ('problem' in reply) throw new Error(reply.problem.message);
  };
  try {
    await render(base, overlays[0]);
    const start = performance.now();
    for (const overlay of overlays) await render(head, overlay);
    return performance.now() - start;
  } finally {
    await engine.close();
  }
}
