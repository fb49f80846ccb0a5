import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGoModule } from './goModule.mjs';

/** What upstream makes its manifests with (`make manifests`). */
export const CONTROLLER_GEN = 'sigs.k8s.io/controller-tools@v0.21.0';

/**
 * The CustomResourceDefinitions of a Go module's types, made as upstream makes them: by
 * controller-gen.
 * @returns {{sum: string, licence: string, files: {path: string, text: string}[]}}
 */
export function readGoTypes({ module, version, packages }) {
  const folder = mkdtempSync(join(tmpdir(), 'hydrant-catalogue-'));
  const [tools, toolsVersion] = CONTROLLER_GEN.split('@');
  const go = (...args) => run(args, folder);
  try {
    writeFileSync(join(folder, 'go.mod'), 'module catalogue\n');
    go('get', `${tools}/cmd/controller-gen@${toolsVersion}`, `${module}@${version}`);
    const paths = `paths=${module}/${packages.replace(/^\.\//, '')}`;
    go('run', `${tools}/cmd/controller-gen`, 'crd', paths, 'output:crd:dir=out');
    const { sum, licence } = readGoModule({ module, version, files: 'go.mod' });
    const files = readdirSync(join(folder, 'out'))
      .toSorted()
      .map((path) => ({ path, text: readFileSync(join(folder, 'out', path), 'utf8') }));
    return { sum, licence, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args, cwd) {
  const go = spawnSync('go', args, { cwd, encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod' } });
  if (go.error) throw new Error(`Go is needed: ${go.error.message}`);
  if (go.status !== 0) throw new Error(`go ${args.join(' ')}: ${go.stdout}${go.stderr}`);
  return go.stdout;
}
