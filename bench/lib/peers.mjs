// The peers' side: the guide's recipe (kustomize build, kubeconform, conftest, each its own
// process per overlay) and a bare loop over the kustomize library on a checkout.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { writeKubeconformSchemas } from './kubeconformSchemas.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const peers = join(root, '.cache/peers');

/** Builds the peers from their Go modules and writes what they read; gives the folders. */
export async function preparePeers() {
  run(process.execPath, [join(root, 'scripts/build-peers.mjs')]);
  execFileSync('go', ['build', '-o', join(peers, 'bareloop'), './bareloop'], {
    cwd: join(root, 'bench/peers'),
    stdio: 'inherit',
  });
  const schemas = join(root, '.cache/kubeconform');
  await writeKubeconformSchemas(schemas);
  const policies = join(root, '.cache/conftest');
  mkdirSync(policies, { recursive: true });
  writeFileSync(join(policies, 'policy.rego'), POLICY);
  return { schemas, policies };
}

/** Milliseconds of the recipe for base and head, each in a checkout that is not counted. */
export async function guideRecipe({ dir, base, head, overlays }, { schemas, policies }) {
  const checkouts = [checkout(dir, base), checkout(dir, head)];
  const start = performance.now();
  for (const folder of checkouts) {
    for (const overlay of overlays) {
      const manifests = run(join(peers, 'kustomize'), ['build', join(folder, overlay)]);
      run(
        join(peers, 'kubeconform'),
        ['-strict', '-schema-location', `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`],
        manifests,
      );
      run(join(peers, 'conftest'), ['test', '-p', policies, '-'], manifests);
    }
  }
  const elapsed = performance.now() - start;
  for (const folder of checkouts) rmSync(folder, { recursive: true, force: true });
  return elapsed;
}

/** Milliseconds that a Go program of twenty lines needs for the same overlays, as it counts itself. */
export async function bareLoop({ dir, head, overlays }) {
  const folder = checkout(dir, head);
  const milliseconds = Number(
    run(
      join(peers, 'bareloop'),
      overlays.map((overlay) => join(folder, overlay)),
    ),
  );
  rmSync(folder, { recursive: true, force: true });
  return milliseconds;
}

function checkout(dir, commit) {
  const folder = mkdtempSync(join(tmpdir(), 'hydrant-checkout-'));
  const archive = execFileSync('git', ['archive', commit], { cwd: dir, maxBuffer: 1 << 30 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  return folder;
}

function run(program, args, input) {
  const done = spawnSync(program, args, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (done.status !== 0)
    throw new Error(`${basename(program)} ${args.join(' ')}: ${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** As much as a team would write by hand for the rules that fire on these repositories. */
const POLICY = `package main

deny contains msg if {
	some container in input.spec.template.spec.containers
	endswith(container.image, ":latest")
	msg := sprintf("%s uses latest", [container.name])
}

deny contains msg if {
	some container in input.spec.template.spec.containers
	container.securityContext.privileged
	msg := sprintf("%s is privileged", [container.name])
}

warn contains msg if {
	some container in input.spec.template.spec.containers
	not container.resources.limits
	msg := sprintf("%s has no limits", [container.name])
}
`;
