import { describe, expect, test } from '@jest/globals';
import type { Review } from '../../src/model/review.ts';
import { fc, runs } from '../helpers/properties.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { reviewed } from './reviewed.ts';

/** A repository whose resources have mistakes of many kinds, laid out in one of many ways. */
interface Layout {
  readonly base: string;
  readonly overlay: string;
  readonly file: string;
  /** Comments above all else. */
  readonly above: number;
  readonly namespace: string;
  readonly prefix: string;
  readonly sideFirst: boolean;
  readonly serviceFirst: boolean;
  /** A value of a generated ConfigMap, whose hash is in the names. */
  readonly content: string;
  /** Rules without a mistake before the one with it. */
  readonly rules: number;
  readonly jsonPatch: boolean;
}

const layout: fc.Arbitrary<Layout> = fc.record({
  base: fc.constantFrom('base', 'bases/common', 'lib'),
  overlay: fc.constantFrom('dev', 'environments/dev', 'development'),
  file: fc.constantFrom('all.yaml', 'app.yml'),
  above: fc.nat({ max: 3 }),
  namespace: fc.constantFrom('', 'web', 'shop'),
  prefix: fc.constantFrom('', 'x-', 'dev-'),
  sideFirst: fc.boolean(),
  serviceFirst: fc.boolean(),
  content: fc.constantFrom('a', 'b', 'c'),
  rules: fc.nat({ max: 2 }),
  jsonPatch: fc.boolean(),
});

const APP = `      - name: app
        image: app:latest
        imagePulPolicy: Always
        envFrom:
        - configMapRef: {name: settings}
`;
const SIDE = `      - name: side
        image: side:1.0
        securityContext: {privileged: true}
`;
const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: app}\nspec:\n  selector: {app: app}\n  prts: []\n';
const SOUND = '- {apiGroups: [""], resources: [pods], verbs: [get]}\n';

function filesOf(at: Layout): TestFiles {
  const comments = '# words\n'.repeat(at.above);
  const containers = at.sideFirst ? SIDE + APP : APP + SIDE;
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: app}
spec:
  selector: {matchLabels: {app: app}}
  template:
    metadata: {labels: {app: app}}
    spec:
      containers:
${containers}`;
  const role = `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: app}\nrules:\n${SOUND.repeat(at.rules)}- {apiGroups: [""], resources: [pods], verbs: [get], verb: x}\n`;
  const documents = at.serviceFirst ? [SERVICE, deployment, role] : [deployment, role, SERVICE];
  const up = '../'.repeat(at.overlay.split('/').length);
  const patch = at.jsonPatch
    ? '- target: {kind: Deployment}\n  patch: |-\n    - {op: add, path: /spec/replicas, value: many}\n'
    : '- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: app}\n    spec: {replicas: many}\n';
  return {
    [`${at.base}/kustomization.yaml`]: `${comments}resources: [${at.file}]\nconfigMapGenerator:\n- name: settings\n  literals: [a=${at.content}]\n`,
    [`${at.base}/${at.file}`]: comments + documents.join('---\n'),
    [`${at.overlay}/kustomization.yaml`]: [
      comments,
      `resources: [${up}${at.base}]\n`,
      at.namespace === '' ? '' : `namespace: ${at.namespace}\n`,
      at.prefix === '' ? '' : `namePrefix: ${at.prefix}\n`,
      `patches:\n${patch}`,
    ].join(''),
  };
}

/** What the head changes on the way from one layout to another. */
function change(from: TestFiles, to: TestFiles): TestFiles {
  const gone = Object.keys(from).filter((path) => !(path in to));
  return { ...Object.fromEntries(gone.map((path) => [path, null])), ...to };
}

function counted({ findings }: Review): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, rule } of findings)
    counts[`${status} ${rule}`] = (counts[`${status} ${rule}`] ?? 0) + 1;
  return counts;
}

test('whatever moves, nothing is new and nothing is fixed', async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(layout, layout, async (from, to) => {
      const [before, after] = [filesOf(from), filesOf(to)];
      const review = await reviewed(before, change(before, after));
      // What the move itself does to a cluster is always new.
      const own = review.findings.filter(({ rule }) => !rule.startsWith('danger/'));
      const other = own.filter(({ status }) => status !== 'existing');
      expect(other.map(({ status, message }) => `${status} ${message}`)).toEqual([]);
      most = Math.max(most, own.length);
    }),
    { numRuns: runs(20), endOnFailure: true },
  );
  // Not because there was nothing.
  expect(most).toBeGreaterThan(5);
}, 600_000);

describe('a duplicate key', () => {
  const TWICE = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: x\n  a: y\n';

  test('stays existing where its file gets another name', async () => {
    const review = await reviewed(
      { 'a/c.yaml': TWICE },
      { 'a/c.yaml': null, 'b/d.yaml': `# words\n${TWICE}` },
    );
    expect(counted(review)).toEqual({ 'existing schema/duplicate-key': 1 });
  });

  test('is new in a second file, and fixed in one that stays', async () => {
    expect(counted(await reviewed({ 'a/c.yaml': TWICE }, { 'b/d.yaml': TWICE }))).toEqual({
      'new schema/duplicate-key': 1,
    });
    const mended = { 'a/c.yaml': TWICE.replace('  a: y\n', ''), 'b/d.yaml': TWICE };
    expect(counted(await reviewed({ 'a/c.yaml': TWICE }, mended))).toEqual({
      'new schema/duplicate-key': 1,
      'fixed schema/duplicate-key': 1,
    });
  });
});

test('a definition that goes fixes nothing: nobody judges its resources any more', async () => {
  const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {size: {type: integer}}}
`;
  const files = {
    'o/kustomization.yaml': 'resources: [crd.yaml, w.yaml]\n',
    'o/crd.yaml': crd,
    'o/w.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec: {sze: 1}\n',
  };
  const review = await reviewed(files, {
    'o/kustomization.yaml': 'resources: [w.yaml]\n',
    'o/crd.yaml': null,
  });
  expect(review.findings.filter(({ rule }) => rule.startsWith('schema/'))).toEqual([]);
  expect(review.notValidated).toMatchObject([{ subject: 'example.com/v1 Widget', concern: 'schemas' }]);
});

describe('one cause in forty overlays', () => {
  const names = Array.from({ length: 40 }, (_, index) => `team-${index}`);
  const overlays = (policy: string): TestFiles => ({
    'policies/named.rego': policy,
    'base/kustomization.yaml': 'resources: [service.yaml]\n',
    ...Object.fromEntries(
      names.map((name) => [
        `o/${name}/kustomization.yaml`,
        `namespace: ${name}\nnamePrefix: ${name}-\nresources: [../../base]\n`,
      ]),
    ),
  });
  // The message says what differs from overlay to overlay.
  const POLICY = `package named
deny contains {"msg": msg, "path": ["spec", "type"]} if {
  input.kind == "Service"
  msg := sprintf("Service %s of namespace %s is open to all (%s)", [input.metadata.name, input.metadata.namespace, input.spec.type])
}
`;
  const service = (type: string) =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: ${type}\n  ports: [{port: 80}]\n`;

  test('is one finding with forty targets', async () => {
    const review = await reviewed(
      { ...overlays(POLICY), 'base/service.yaml': service('ClusterIP').replace('Service', 'ServiceX') },
      { 'base/service.yaml': service('NodePort') },
    );
    const named = review.findings.filter(({ rule }) => rule === 'named/deny');
    expect(named).toHaveLength(1);
    expect(named[0]?.targets).toHaveLength(40);
    expect(named[0]).toMatchObject({ status: 'new', location: { path: 'base/service.yaml', startLine: 5 } });
  }, 60_000);

  test('is one fixed finding, too', async () => {
    const files = { ...overlays(POLICY), 'base/service.yaml': service('NodePort') };
    const review = await reviewed(files, {
      'base/service.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web}\n',
    });
    const fixed = review.findings.filter(({ rule }) => rule === 'named/deny');
    expect(fixed.map(({ status, targets }) => `${status} ${targets.length}`)).toEqual(['fixed 40']);
  }, 60_000);
});
