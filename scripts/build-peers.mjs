// Builds the programs that Hydrant is compared with, each from its Go module, into
// .cache/peers/. Go itself sees what is up to date. Without them the comparisons say that
// they were skipped.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = `${root}.cache/peers/`;
const peers = {
  kustomize: 'sigs.k8s.io/kustomize/kustomize/v5',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform',
  conftest: 'github.com/open-policy-agent/conftest',
  bareloop: './bareloop',
  helm: 'helm.sh/helm/v4/cmd/helm',
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(peers);
mkdirSync(output, { recursive: true });
for (const name of wanted) {
  const module = peers[name];
  if (module === undefined) throw new Error(`unknown peer ${name}; known: ${Object.keys(peers).join(', ')}`);
  // The engine's flags: what both are made of is then compiled once.
  const build = spawnSync('go', ['build', '-trimpath', '-o', `${output}${name}`, module], {
    cwd: `${root}bench/peers`,
    stdio: 'inherit',
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  if (build.error?.code === 'ENOENT')
    console.error(`${name} is built from source and needs Go 1.26 or newer`);
  if (build.status !== 0) process.exitCode = 1;
}
