import type { Finding, NotValidated } from '../../src/model/finding.ts';
import type { ResourceId } from '../../src/model/resource.ts';
import type { Change, ImageChange, Review, TargetResult } from '../../src/model/review.ts';

export const BASE = 'b'.repeat(40);
export const HEAD = 'a'.repeat(40);

/** A Deployment `myapp`, except as the fields say. */
export function resource(fields: Partial<ResourceId> = {}): ResourceId {
  return { group: 'apps', version: 'v1', kind: 'Deployment', namespace: null, name: 'myapp', ...fields };
}

/** An affected target that renders, except as the fields say. */
export function target(id: string, fields: Partial<TargetResult> = {}): TargetResult {
  const environment = /overlays\/([^/]+)$/.exec(id)?.[1] ?? null;
  return {
    id,
    kind: 'kustomize',
    path: id,
    cluster: null,
    environment,
    affected: true,
    status: 'rendered',
    baseFailed: false,
    ...fields,
  };
}

/** A changed number of replicas, except as the fields say. */
export function change(id: string, fields: Partial<Change> = {}): Change {
  return {
    target: id,
    resource: resource(),
    change: 'changed',
    previousName: null,
    effects: [],
    diff: '@@ -5,3 +5,3 @@\n spec:\n-  replicas: 1\n+  replicas: 2\n   selector:',
    ...fields,
  };
}

/** An image's new tag, except as the fields say. */
export function image(id: string, fields: Partial<ImageChange> = {}): ImageChange {
  return {
    target: id,
    resource: resource(),
    container: 'myapp',
    from: 'registry.example.com/myapp:v1.2.3',
    to: 'registry.example.com/myapp:v1.2.4',
    ...fields,
  };
}

/** A new schema error in a base, except as the fields say. */
export function finding(fields: Partial<Finding> = {}): Finding {
  return {
    rule: 'schema/unknown-field',
    severity: 'error',
    message: 'Unknown field "replica"; did you mean "replicas"?',
    fieldPath: ['spec', 'replica'],
    status: 'new',
    resource: resource(),
    targets: ['apps/myapp/overlays/production'],
    location: { path: 'apps/myapp/base/deployment.yaml', startLine: 6, endLine: 6 },
    ...fields,
  };
}

/** A kind without schema, except as the fields say. */
export function gap(fields: Partial<NotValidated> = {}): NotValidated {
  return {
    subject: 'example.com/v1 Widget',
    reason: 'no schema for this kind (1 resource)',
    concern: 'schemas',
    ...fields,
  };
}

/** A review that found nothing, except as the fields say. */
export function review(fields: Partial<Review> = {}): Review {
  return {
    base: BASE,
    head: HEAD,
    verdict: 'success',
    gate: 'new',
    commentMode: 'update',
    verdicts: { render: 'success', schemas: 'success', policies: 'success', secrets: 'success' },
    targets: [],
    changes: [],
    images: [],
    findings: [],
    excepted: [],
    notValidated: [],
    ...fields,
  };
}

const OVERLAYS = ['development', 'production', 'staging'].map((name) => `apps/myapp/overlays/${name}`);

/** A review with something of everything, as a pull request on a repository of some size gives it. */
export function richReview(): Review {
  const [development = '', production = '', staging = ''] = OVERLAYS;
  const remote = 'apps/legacy/overlays/production';
  return review({
    verdict: 'failure',
    verdicts: { render: 'failure', schemas: 'failure', policies: 'failure', secrets: 'failure' },
    targets: [
      target(remote, { status: 'notValidated' }),
      ...OVERLAYS.map((id) => target(id)),
      target('apps/old/overlays/staging', { status: 'removed' }),
      target('infrastructure/cert-manager', { affected: false }),
      target('infrastructure/ingress', { status: 'failed' }),
    ],
    changes: [
      ...OVERLAYS.map((id) =>
        change(id, { resource: resource({ namespace: id.replace(/.*\//, 'myapp-') }) }),
      ),
      change(production, {
        resource: resource({
          group: '',
          kind: 'ConfigMap',
          namespace: 'myapp-production',
          name: 'myapp-config-7h2k',
        }),
        change: 'renamed',
        previousName: 'myapp-config-5d9t',
        diff: '@@ -2,7 +2,7 @@\n kind: ConfigMap\n metadata:\n-  name: myapp-config-5d9t\n+  name: myapp-config-7h2k\n data:\n-  LOG_LEVEL: info\n+  LOG_LEVEL: debug',
      }),
      change(production, {
        resource: resource({ group: '', kind: 'Service', namespace: 'myapp-production' }),
        diff: '@@ -9,3 +9,3 @@\n   ports:\n-    - port: 80\n+    - port: 8080',
      }),
      change(staging, {
        resource: resource({ group: '', kind: 'Secret', name: 'myapp-db' }),
        change: 'added',
        diff: '@@ -0,0 +1,6 @@\n+apiVersion: v1\n+kind: Secret\n+metadata:\n+  name: myapp-db\n+stringData:\n+  password: <redacted>',
      }),
      change('apps/old/overlays/staging', {
        change: 'removed',
        diff: '@@ -1,4 +0,0 @@\n-apiVersion: apps/v1\n-kind: Deployment\n-metadata:\n-  name: myapp',
      }),
    ],
    images: [
      ...OVERLAYS.map((id) => image(id)),
      image(production, {
        container: 'proxy',
        from: null,
        to: `registry.example.com:5000/proxy@sha256:${'0'.repeat(64)}`,
      }),
      image(staging, { container: 'old', from: 'busybox', to: null }),
      image(staging, { container: 'moved', from: 'docker.io/app:1', to: 'quay.io/app:1' }),
    ],
    findings: [
      finding({ targets: OVERLAYS }),
      finding({
        rule: 'containers/privileged',
        message: 'Container "myapp" is privileged.',
        fieldPath: ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'privileged'],
        targets: [development, staging],
        location: { path: 'apps/myapp/base/deployment.yaml', startLine: 30, endLine: 32 },
      }),
      finding({
        rule: 'secret/plain',
        message: 'A Secret stands in plain text in Git; encrypt it or refer to an external store.',
        fieldPath: ['stringData', 'password'],
        resource: resource({ group: '', kind: 'Secret', name: 'myapp-db' }),
        targets: [],
        location: { path: 'apps/myapp/overlays/staging/db secret (1).yaml', startLine: 6, endLine: 6 },
      }),
      finding({
        rule: 'render/missing-file',
        message: 'infrastructure/ingress/gone.yaml does not exist.',
        fieldPath: null,
        resource: null,
        targets: ['infrastructure/ingress'],
        location: { path: 'infrastructure/ingress/kustomization.yaml', startLine: 4, endLine: 4 },
      }),
      finding({
        rule: 'images/latest-tag',
        severity: 'warning',
        message: 'Image "busybox" has no tag.',
        fieldPath: null,
        targets: [production],
        location: null,
      }),
      finding({
        status: 'existing',
        rule: 'containers/no-limits',
        message: 'Container "myapp" has no memory limit.',
      }),
      finding({
        status: 'fixed',
        rule: 'containers/no-probes',
        message: 'Container "myapp" has no probe.',
        location: null,
      }),
    ],
    notValidated: [
      gap(),
      ...(['render', 'schemas', 'policies'] as const).map((concern) =>
        gap({
          subject: remote,
          reason: 'https://example.com/base is remote; Hydrant renders without network.',
          concern,
        }),
      ),
    ],
  });
}
