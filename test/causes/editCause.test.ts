import { describe, expect, test } from '@jest/globals';
import { editCause } from '../../src/causes/editCause.ts';
import type { FieldPath } from '../../src/model/manifest.ts';
import { argo } from '../../src/targets/argo/argo.ts';
import { flux } from '../../src/targets/flux/flux.ts';
import type { Operator } from '../../src/targets/operator.ts';
import {
  applicationWith,
  chartFiles,
  fluxDocument,
  gitRepository,
  inRepository,
} from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { declaredBy, wantedField } from './declared.ts';

const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];
const IMAGE = [...CONTAINER, 'image'];
const REPLICAS = ['spec', 'replicas'];
const label = (name: string) => ['metadata', 'labels', name];

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: app, labels: {own: a}}
spec:
  replicas: 1
  template:
    spec:
      containers:
      - {name: app, image: "app:1"}
`;
const OVERLAY = {
  'o/kustomization.yaml': 'resources: [d.yaml]\n',
  'o/d.yaml': DEPLOYMENT,
};
const PATCH = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app}\nspec:\n  replicas: 3\n';

/** `Kind/name field`, with the text's line where there is one, or `path:line`. */
async function causeIn(operator: Operator, files: TestFiles, fieldPath: FieldPath): Promise<string | null> {
  const declared = await declaredBy(operator, files);
  const { record, target } = declared;
  const cause = await editCause(record, target, await wantedField(declared, 'Deployment', fieldPath));
  if (cause === null) return null;
  if (!('object' in cause)) return `${cause.path}:${cause.startLine}`;
  expect(cause.object).toBe(record.object);
  const { kind, name } = cause.object.resource;
  const line = cause.inner === undefined ? '' : ` | ${cause.inner.text.split('\n')[cause.inner.line]}`;
  return `${kind}/${name} ${cause.fieldPath?.join('.') ?? ''}${line}`;
}

function inApplication(kustomize: object, fieldPath: FieldPath, more: TestFiles = {}) {
  const app = applicationWith({ source: inRepository({ path: 'o', kustomize }) });
  return causeIn(argo, { ...OVERLAY, ...more, 'app.yaml': app }, fieldPath);
}

function inKustomization(spec: string, fieldPath: FieldPath) {
  const source = 'sourceRef: {kind: GitRepository, name: flux-system}';
  const object = fluxDocument('Kustomization', `interval: 10m, prune: true, path: o, ${source}, ${spec}`);
  return causeIn(flux, { ...OVERLAY, 'k.yaml': gitRepository() + object }, fieldPath);
}

function inRelease(postRenderers: string, fieldPath: FieldPath) {
  const chart = '{spec: {chart: ./c, sourceRef: {kind: GitRepository, name: flux-system}}}';
  const spec = `interval: 10m, chart: ${chart}, postRenderers: [${postRenderers}]`;
  const files = chartFiles('c', { 'templates/d.yaml': DEPLOYMENT });
  return causeIn(
    flux,
    { ...files, 'r.yaml': gitRepository() + fluxDocument('HelmRelease', spec) },
    fieldPath,
  );
}

describe('the cause in an Application', () => {
  test('of an image is the text that sets it, among others', async () => {
    const images = ['other:1', 'app:2'];
    expect(await inApplication({ images }, IMAGE)).toBe('Application/app spec.source.kustomize.images.1');
  });

  test('of a count is the count', async () => {
    const replicas = [{ name: 'app', count: 2 }];
    expect(await inApplication({ replicas }, REPLICAS)).toBe(
      'Application/app spec.source.kustomize.replicas.0.count',
    );
  });

  test('of what a patch sets is its line in the text of the patch', async () => {
    const patches = [{ target: { kind: 'Deployment' }, patch: PATCH }];
    expect(await inApplication({ patches }, REPLICAS)).toBe(
      'Application/app spec.source.kustomize.patches.0.patch |   replicas: 3',
    );
  });

  test('of what a patch in a file sets is the line of the file', async () => {
    const patches = [{ target: { kind: 'Deployment' }, path: 'p.yaml' }];
    expect(await inApplication({ patches }, REPLICAS, { 'o/p.yaml': PATCH })).toBe('o/p.yaml:5');
  });

  test('is none of a field that nothing sets, nor of another resource', async () => {
    expect(await inApplication({ images: ['app:2'] }, REPLICAS)).toBeNull();
    expect(await inApplication({ images: ['other:1'] }, IMAGE)).toBeNull();
    expect(await inApplication({}, IMAGE)).toBeNull();
  });
});

describe('the cause in a Flux object', () => {
  test('of a namespace is the field as Flux calls it', async () => {
    expect(await inKustomization('targetNamespace: shop', ['metadata', 'namespace'])).toBe(
      'Kustomization/web spec.targetNamespace',
    );
  });

  test('of an image is the field of its entry', async () => {
    expect(await inKustomization('images: [{name: app, newTag: "2"}]', IMAGE)).toBe(
      'Kustomization/web spec.images.0.newTag',
    );
  });

  test('of a label for all resources is that one', async () => {
    const metadata = 'commonMetadata: {labels: {team: web}}';
    expect(await inKustomization(metadata, label('team'))).toBe(
      'Kustomization/web spec.commonMetadata.labels.team',
    );
    for (const other of ['own', 'none']) expect(await inKustomization(metadata, label(other))).toBeNull();
    expect(await inKustomization(metadata, ['metadata', 'name'])).toBeNull();
  });

  test('of what two post-renderers set is the later one', async () => {
    const renderer = (tag: string) => `{kustomize: {images: [{name: app, newTag: "${tag}"}]}}`;
    expect(await inRelease(`${renderer('2')}, ${renderer('3')}`, IMAGE)).toBe(
      'HelmRelease/web spec.postRenderers.1.kustomize.images.0.newTag',
    );
    expect(await inRelease(renderer('2'), REPLICAS)).toBeNull();
  });
});
