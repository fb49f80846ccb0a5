import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The CNCF's registry, of Debian's package of the same name. */
const PROGRAM = 'docker-registry';

/** False where it is not installed: `apt-get install docker-registry`. */
export const HAS_REGISTRY = spawnSync(PROGRAM, ['--version']).status === 0;

export interface DockerRegistry {
  /** Host and port. */
  readonly host: string;
  /** Pushes a chart as `helm push` does; answers with the manifest's digest. */
  push(name: string, tag: string, chart: Uint8Array, mediaType?: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real registry on loopback, with its files in a folder of its own. */
export async function startDockerRegistry(): Promise<DockerRegistry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-registry-'));
  const host = `127.0.0.1:${await freePort()}`;
  const config = path.join(folder, 'config.yml');
  await writeFile(
    config,
    `version: 0.1\nlog: {level: error}\nstorage:\n  filesystem: {rootdirectory: ${folder}}\nhttp: {addr: '${host}'}\n`,
  );
  const child = spawn(PROGRAM, ['serve', config], { stdio: 'ignore' });
  await untilReady(host, child);
  return {
    host,
    push: (name, tag, chart, mediaType = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip') =>
      push(`http://${host}/v2/${name}`, tag, chart, mediaType),
    async stop() {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push */
async function push(base: string, tag: string, chart: Uint8Array, mediaType: string): Promise<string> {
  const config = Buffer.from('{}');
  const blobs = [config, chart].map((bytes) => ({ bytes, size: bytes.length, digest: digestOf(bytes) }));
  for (const { bytes, digest } of blobs) {
    const begun = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
    const location = new URL(begun.headers.get('location') ?? '', base);
    location.searchParams.set('digest', digest);
    const headers = { 'content-type': 'application/octet-stream' };
    await created(await fetch(location, { method: 'PUT', headers, body: Buffer.from(bytes) }));
  }
  const [first, second] = blobs.map(({ digest, size }) => ({ digest, size }));
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', ...first },
    layers: [{ mediaType, ...second }],
  });
  const headers = { 'content-type': type };
  await created(await fetch(`${base}/manifests/${tag}`, { method: 'PUT', headers, body: manifest }));
  return digestOf(Buffer.from(manifest));
}

async function created(response: Response): Promise<void> {
  if (response.status !== 201) throw new Error(`push: ${response.status} ${await response.text()}`);
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Always an address with a port: the server listens on TCP.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(host: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    const answer = await fetch(`http://${host}/v2/`).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error('docker-registry does not answer');
}
