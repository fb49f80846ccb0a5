// The peers' side: the guide's recipe (kustomize build, kubeconform, conftest, each its own
// process per overlay) and a bare loop over the kustomize library, on checkouts.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { run } from './command.mjs';
import { writeKubeconformSchemas } from './kubeconformSchemas.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const recipe = fileURLToPath(new URL('recipe.sh', import.meta.url));
const folder = join(root, '.cache/peers');

/**
 * Builds the peers from their Go modules and writes what they read.
 * @returns {{ schemas: string, version: string, policies: string, versions: string }}
 */
export function preparePeers() {
  execFileSync(process.execPath, [join(root, 'scripts/build-peers.mjs')], { stdio: 'inherit' });
  const schemas = join(root, '.cache/kubeconform');
  const { version } = writeKubeconformSchemas(schemas);
  const policies = join(root, '.cache/conftest');
  mkdirSync(policies, { recursive: true });
  writeFileSync(join(policies, 'policy.rego'), POLICY);
  const versions = ['kustomize', 'kubeconform', 'conftest'].map((name) => `${name} ${versionOf(name)}`);
  return { schemas, version, policies, versions: versions.join(', ') };
}

/** Both commits as the peers read them; making these is nobody's time. */
export function checkoutsOf({ dir, base, head }, workplace) {
  return { base: checkout(dir, base, workplace), head: checkout(dir, head, workplace) };
}

/** @returns {import('./command.mjs').Command} the recipe on one checkout. */
export function recipeCommand({ overlays }, checkedOut, { peers, jobs }) {
  return {
    program: 'sh',
    args: [recipe, folder, peers.schemas, peers.version, peers.policies, checkedOut],
    input: overlays.join('\n'),
    env: { JOBS: String(jobs) },
  };
}

/** What the recipe takes for base and head. */
export function guideRecipe(repository, checkouts, options) {
  const [base, head] = [checkouts.base, checkouts.head].map((side) =>
    run(recipeCommand(repository, side, options)),
  );
  return {
    milliseconds: base.milliseconds + head.milliseconds,
    processor: base.processor === null ? null : base.processor + head.processor,
  };
}

/** Milliseconds that a short Go program needs for the same overlays, as it counts itself. */
export function bareLoop({ overlays }, checkouts) {
  const args = [
    join(checkouts.base, overlays[0]),
    ...overlays.map((overlay) => join(checkouts.head, overlay)),
  ];
  return Number(run({ program: join(folder, 'bareloop'), args }).stdout);
}

/** What the same program needs with the overlays of the head shared among processes, as they count themselves. */
export async function bareLoops({ overlays }, checkouts, cores) {
  const shares = Array.from({ length: cores }, (_, core) => overlays.filter((_, at) => at % cores === core));
  const runs = shares.map(async (share) => {
    const places = [
      join(checkouts.base, overlays[0]),
      ...share.map((overlay) => join(checkouts.head, overlay)),
    ];
    const { stdout } = await promisify(execFile)(join(folder, 'bareloop'), places, { maxBuffer: 2 ** 30 });
    return Number(stdout);
  });
  return { milliseconds: Math.max(...(await Promise.all(runs))) };
}

/** @returns {import('./command.mjs').Command} kubeconform over manifests on its input. */
export function kubeconformCommand({ schemas, version }) {
  const options = ['-strict', '-kubernetes-version', version, '-schema-location', schemas];
  return { program: join(folder, 'kubeconform'), args: [...options, '-'] };
}

/** @returns {import('./command.mjs').Command} conftest over manifests on its input. */
export function conftestCommand({ policies }) {
  return { program: join(folder, 'conftest'), args: ['test', '-p', policies, '-'] };
}

function checkout(dir, commit, workplace) {
  const place = mkdtempSync(join(workplace, 'checkout-'));
  const archive = execFileSync('git', ['archive', commit], { cwd: dir, maxBuffer: 2 ** 30 });
  execFileSync('tar', ['-x', '-C', place], { input: archive });
  return place;
}

function versionOf(name) {
  const said = execFileSync('go', ['version', '-m', join(folder, name)], { encoding: 'utf8' });
  return /^\tmod\t\S+\t(\S+)/m.exec(said)?.[1] ?? '(unknown version)';
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
