// Builds the render engine from source into dist/. Says what to install where Go is missing or too old.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shipPolicies } from './building/shipPolicies.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = `${root}dist/hydrant-engine${process.platform === 'win32' ? '.exe' : ''}`;

// What `buildMetadata: [managedByLabel]` puts into the label: the release of kustomize that has
// the library's version of engine/go.mod, as its own build does it.
const kustomize = '-X sigs.k8s.io/kustomize/api/provenance.version=v5.8.2';

mkdirSync(`${root}dist`, { recursive: true });
const build = spawnSync('go', ['build', '-trimpath', `-ldflags=-s -w ${kustomize}`, '-o', output, '.'], {
  cwd: `${root}engine`,
  stdio: 'inherit',
  env: { ...process.env, CGO_ENABLED: '0' },
});
if (build.error?.code === 'ENOENT') {
  console.error(
    'hydrant: the render engine is built from source and needs Go 1.26 or newer: https://go.dev/dl/',
  );
  process.exit(1);
}
// Those that another engine compiled are not used.
if (build.status === 0 && existsSync(`${root}dist/src/checks/policies`)) await shipPolicies(root);
process.exit(build.status ?? 1);
