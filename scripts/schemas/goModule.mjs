import { spawnSync } from 'node:child_process';

/** A version of a Go module, fetched and verified by Go: {Version, Sum, Dir}. */
export function downloadModule(module, version) {
  const go = spawnSync('go', ['mod', 'download', '-json', `${module}@${version}`], { encoding: 'utf8' });
  if (go.error) throw new Error(`Go is needed to fetch ${module}: ${go.error.message}`);
  if (go.status !== 0) throw new Error(`go mod download ${module}@${version}: ${go.stdout}${go.stderr}`);
  return JSON.parse(go.stdout);
}
