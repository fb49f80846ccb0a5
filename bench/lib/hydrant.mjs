// Hydrant's side of the measurements, through its command line and through its engine.
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../bin/hydrant.js', import.meta.url));

/** Milliseconds of `hydrant check` over all overlays, both sides, process start included. */
export async function hydrantCheck({ dir, base, head, overlays }) {
  const start = performance.now();
  const run = spawnSync(
    process.execPath,
    [command, 'check', '--repo', dir, '--base', base, '--head', head, '--format', 'json'],
    {
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  );
  const elapsed = performance.now() - start;
  if (run.status === 2) throw new Error(run.stderr);
  const affected = JSON.parse(run.stdout).targets.filter((target) => target.affected).length;
  if (affected !== overlays.length)
    throw new Error(`${affected} of ${overlays.length} overlays were affected`);
  return elapsed;
}

/** Milliseconds in which one warm engine process renders every overlay of the head, one after the other. */
export async function hydrantRender({ dir, head, overlays }) {
  const { EnginePool } = await import('../../dist/src/engine/pool.js');
  const engine = new EnginePool({ size: 1 });
  const render = (path) =>
    engine.render({
      gitDir: `${dir}/.git`,
      commit: head,
      path,
      redaction: { mode: 'none' },
      want: 'manifests',
    });
  await render(overlays[0]);
  const start = performance.now();
  for (const overlay of overlays) {
    const reply = await render(overlay);
    if ('problem' in reply) throw new Error(reply.problem.message);
  }
  const elapsed = performance.now() - start;
  await engine.close();
  return elapsed;
}
