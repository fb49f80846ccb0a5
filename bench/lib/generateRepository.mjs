// A GitOps repository of a given size: one base, N overlays with images, replicas, a
// generated ConfigMap and a patch each; and a head that changes the base, so that every
// overlay is affected. Its objects are packed, as in a clone.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @returns {{ dir: string, base: string, head: string, overlays: string[] }} */
export function generateRepository(dir, count) {
  const overlays = Array.from(
    { length: count },
    (_, index) => `apps/myapp/overlays/env-${String(index).padStart(4, '0')}`,
  );
  git(dir, 'init', '-q', '-b', 'main', '.');
  write(dir, baseFiles('2.0.0'));
  for (const overlay of overlays) write(dir, overlayFiles(overlay));
  const base = commit(dir, 'base');
  write(dir, baseFiles('2.1.0'));
  const head = commit(dir, 'head');
  git(dir, 'repack', '-a', '-d', '-q');
  return { dir, base, head, overlays };
}

/**
 * Commits on the head that change an overlay each, one after the other.
 * @returns their ids, the head's first.
 */
export function changeOverlays({ dir, head, overlays }, count) {
  const changes = Array.from({ length: count }, (_, number) => {
    const overlay = overlays[(number * 7 + 3) % overlays.length];
    const name = `${overlay}/kustomization.yaml`;
    const text = `${overlayFiles(overlay)[name]}commonAnnotations: { note: change-${number} }\n`;
    write(dir, { [name]: text });
    return commit(dir, `change ${number}`);
  });
  git(dir, 'repack', '-a', '-d', '-q');
  return [head, ...changes];
}

/** A commit on the head that changes nothing that is applied. @returns its id. */
export function changeNothing({ dir }) {
  write(dir, { 'README.md': 'For people.\n' });
  return commit(dir, 'words');
}

function baseFiles(sidecar) {
  return {
    'apps/myapp/base/kustomization.yaml': [
      'resources: [deployment.yaml, service.yaml]',
      'configMapGenerator:',
      '- name: myapp-config',
      '  literals: [LOG_LEVEL=debug]',
      '',
    ].join('\n'),
    'apps/myapp/base/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: myapp
spec:
  selector: { matchLabels: { app: myapp } }
  template:
    metadata: { labels: { app: myapp } }
    spec:
      containers:
      - name: myapp
        image: registry.example.com/myapp:1.0.0
        envFrom: [{ configMapRef: { name: myapp-config } }]
        resources:
          requests: { cpu: 100m, memory: 128Mi }
          limits: { cpu: 200m, memory: 256Mi }
      - name: sidecar
        image: registry.example.com/sidecar:${sidecar}
        resources:
          requests: { cpu: 10m, memory: 32Mi }
          limits: { cpu: 20m, memory: 64Mi }
`,
    'apps/myapp/base/service.yaml': `apiVersion: v1
kind: Service
metadata: { name: myapp }
spec:
  selector: { app: myapp }
  ports: [{ port: 80, targetPort: 8080 }]
`,
  };
}

function overlayFiles(overlay) {
  const name = overlay.split('/').at(-1);
  return {
    [`${overlay}/kustomization.yaml`]: `namespace: ${name}
resources: [../../base]
images: [{ name: registry.example.com/myapp, newTag: 1.2.3 }]
replicas: [{ name: myapp, count: 3 }]
configMapGenerator:
- name: myapp-config
  behavior: merge
  literals: [ENVIRONMENT=${name}]
patches:
- path: patch.yaml
`,
    [`${overlay}/patch.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata: { name: myapp }
spec:
  template:
    spec:
      containers:
      - name: myapp
        env: [{ name: ENVIRONMENT, value: ${name} }]
`,
  };
}

export function write(dir, files) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

export function commit(dir, message) {
  git(dir, 'add', '-A');
  const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
  git(dir, ...who, '-c', 'commit.gpgSign=false', 'commit', '-q', '-m', message);
  return git(dir, 'rev-parse', 'HEAD').trim();
}

export function git(dir, ...args) {
  return execFileSync('git', args, { cwd: dir, encoding: 'utf8' });
}
