// A GitOps repository whose Applications all have one chart, fetched from a Helm repository or
// committed beside them: the same chart, so that the reviews differ by where it comes from alone.
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commit, git, write } from './generateRepository.mjs';

const VERSION = '1.0.0';

/** What no compression makes smaller, as pictures and archives in charts are. */
const PADDING_BYTES = 400_000;

/**
 * Packs a chart of 400 kB and its index as a Helm repository has them, below a folder.
 * @returns {{ files: Record<string, string | Uint8Array> }} the chart's files, by their paths.
 */
export function packChart(folder) {
  const files = { ...CHART, 'padding.bin': randomBytes(PADDING_BYTES) };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, 'web', dirname(path)), { recursive: true });
    writeFileSync(join(folder, 'web', path), content);
  }
  const name = `web-${VERSION}.tgz`;
  execFileSync('tar', ['-czf', join(folder, name), '-C', folder, 'web']);
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('hex');
  const entry = { name: 'web', version: VERSION, urls: [name], digest };
  writeFileSync(
    join(folder, 'index.yaml'),
    JSON.stringify({ apiVersion: 'v1', entries: { web: [entry] }, generated: '2026-01-01T00:00:00Z' }),
  );
  return { files };
}

/**
 * A base that allows the chart's address, and a head that adds Applications with seven findings each.
 * @param address of the Helm repository; undefined: the chart is committed.
 * @returns {{ dir: string, base: string, head: string, applications: number }}
 */
export function generateApplications(dir, { count, files, address }) {
  git(dir, 'init', '-q', '-b', 'main', '.');
  git(dir, 'remote', 'add', 'origin', ORIGIN);
  write(dir, { '.hydrant.yaml': JSON.stringify({ remotes: { allow: address ? [address] : [] } }) });
  if (address === undefined) {
    write(dir, Object.fromEntries(Object.entries(files).map(([path, text]) => [`web/${path}`, text])));
  }
  const base = commit(dir, 'base');
  const chart = address
    ? { repoURL: address, chart: 'web', targetRevision: VERSION }
    : { repoURL: ORIGIN, path: 'web' };
  for (let index = 0; index < count; index += 1) {
    write(dir, { [`apps/web-${index}.yaml`]: JSON.stringify(application(`web-${index}`, chart)) });
  }
  return { dir, base, head: commit(dir, 'head'), applications: count };
}

const ORIGIN = 'https://git.example.com/bench/gitops.git';

/** Its values differ, and with them the source; they break the rules. */
function application(name, chart) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc', namespace: name },
      source: { ...chart, helm: { valuesObject: { name, replicas: 'many', tag: 'latest' } } },
    },
  };
}

const CHART = {
  'Chart.yaml': `apiVersion: v2\nname: web\nversion: ${VERSION}\n`,
  'values.yaml': 'name: web\nreplicas: 1\ntag: 1.0.0\n',
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Values.name }} }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: registry.example.com/web:{{ .Values.tag }}
`,
};
