import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  openSchemaSet,
  type SchemaSet,
  SUPPORTED_KUBERNETES_VERSIONS,
} from '../../../src/checks/schemas/schemaSet.ts';
import type { Violation } from '../../../src/model/finding.ts';
import type { FieldPath } from '../../../src/model/manifest.ts';
import { describeResource } from '../../../src/model/resource.ts';
import { fc } from '../../helpers/properties.ts';
import { expectAboutToTell } from '../aboutTells.ts';
import { fixture, resourceOf } from './manifests.ts';

let schemas: SchemaSet;
beforeAll(async () => {
  schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
});

function violationsIn(yaml: string) {
  const result = schemas.check(resourceOf(yaml));
  if (result.status !== 'checked') throw new Error(`not checked: ${result.hint}`);
  return result.violations;
}

/** What is found in a manifest, without the severity, which is always the same. */
function findingsIn(yaml: string) {
  return violationsIn(yaml).map(({ rule, fieldPath, message, severity }) => {
    expect(severity).toBe('error');
    return [rule, fieldPath, message];
  });
}

const DEPLOYMENT = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
`;
const CONTAINER: FieldPath = ['spec', 'template', 'spec', 'containers', 0];
/** Where a node selector of the pods stands. */
const TERM: FieldPath =
  'spec template spec affinity nodeAffinity requiredDuringSchedulingIgnoredDuringExecution nodeSelectorTerms 0 matchFields 0'
    .split(' ')
    .map((step) => (step === '0' ? 0 : step));
const IN_CONTAINER = 'spec.template.spec.containers[0]';

/** A Deployment whose only container has more fields. */
function withContainer(fields: string): string {
  return `${DEPLOYMENT}          ${fields}\n`;
}

describe('valid manifests', () => {
  for (const version of SUPPORTED_KUBERNETES_VERSIONS) {
    test(`of all common kinds are accepted by Kubernetes ${version}`, async () => {
      const schemas = await openSchemaSet({ kubernetesVersion: version });
      const resources = [
        ...fixture('valid-core-kinds/workloads.yaml'),
        ...fixture('valid-core-kinds/others.yaml'),
      ];
      expect(resources.length).toBe(30);
      for (const resource of resources) {
        const result = schemas.check(resource);
        expect([describeResource(resource), result]).toEqual([
          describeResource(resource),
          { status: 'checked', violations: [] },
        ]);
      }
    });
  }

  test('may have null for a field that may be absent', () => {
    expect(
      findingsIn(`${DEPLOYMENT}          image: null\n          resources: { limits: null }\nstatus: null\n`),
    ).toEqual([]);
  });
});

describe('a bad manifest', () => {
  const cases: [string, string, string, FieldPath | null, string][] = [
    [
      'with a misspelt field',
      DEPLOYMENT.replace('spec:\n  selector', 'spec:\n  replica: 2\n  selector'),
      'schema/unknown-field',
      ['spec', 'replica'],
      'unknown field spec.replica; did you mean replicas?',
    ],
    [
      'with a field that is near nothing',
      withContainer('resources: { quota: {} }'),
      'schema/unknown-field',
      [...CONTAINER, 'resources', 'quota'],
      `unknown field ${IN_CONTAINER}.resources.quota; allowed here: claims, limits, requests`,
    ],
    [
      'with an unknown field that is null',
      withContainer('imagePullPolice: null'),
      'schema/unknown-field',
      [...CONTAINER, 'imagePullPolice'],
      `unknown field ${IN_CONTAINER}.imagePullPolice; did you mean imagePullPolicy?`,
    ],
    [
      'with an unknown field of the resource itself',
      `${DEPLOYMENT}specs: {}\n`,
      'schema/unknown-field',
      ['specs'],
      'unknown field specs; did you mean spec?',
    ],
    [
      'with an unknown field in metadata',
      DEPLOYMENT.replace('name: web }', 'name: web, label: {} }'),
      'schema/unknown-field',
      ['metadata', 'label'],
      'unknown field metadata.label; did you mean labels?',
    ],
    [
      'with an unknown field in the status',
      `${DEPLOYMENT}status: { replica: 1 }\n`,
      'schema/unknown-field',
      ['status', 'replica'],
      'unknown field status.replica; did you mean replicas?',
    ],
    [
      'with a number in quotes',
      DEPLOYMENT.replace('spec:\n  selector', 'spec:\n  replicas: "2"\n  selector'),
      'schema/wrong-type',
      ['spec', 'replicas'],
      'spec.replicas must be an integer, not a string; remove the quotes',
    ],
    [
      'with a fraction for an integer',
      DEPLOYMENT.replace('spec:\n  selector', 'spec:\n  replicas: 1.5\n  selector'),
      'schema/wrong-type',
      ['spec', 'replicas'],
      'spec.replicas must be an integer, not a fraction',
    ],
    [
      'with a number as the value of an environment variable',
      withContainer('env: [{ name: PORT, value: 8080 }]'),
      'schema/wrong-type',
      [...CONTAINER, 'env', 0, 'value'],
      `${IN_CONTAINER}.env[0].value must be a string, not an integer; put it in quotes`,
    ],
    [
      'with a boolean as an annotation',
      DEPLOYMENT.replace('name: web }', 'name: web, annotations: { example.com/on: true } }'),
      'schema/wrong-type',
      ['metadata', 'annotations', 'example.com/on'],
      'metadata.annotations["example.com/on"] must be a string, not a boolean; put it in quotes',
    ],
    [
      'with a mapping for a list',
      withContainer('ports: { containerPort: 80 }'),
      'schema/wrong-type',
      [...CONTAINER, 'ports'],
      `${IN_CONTAINER}.ports must be a list, not a mapping`,
    ],
    [
      'with an empty item',
      `${DEPLOYMENT}        - null\n`,
      'schema/wrong-type',
      ['spec', 'template', 'spec', 'containers', 1],
      'spec.template.spec.containers[1] must not be null',
    ],
    [
      'with a list for an integer or string',
      withContainer('livenessProbe: { httpGet: { port: [80] } }'),
      'schema/wrong-type',
      [...CONTAINER, 'livenessProbe', 'httpGet', 'port'],
      `${IN_CONTAINER}.livenessProbe.httpGet.port must be an integer or a string, not a list`,
    ],
    [
      'without a required field',
      DEPLOYMENT.replace('- name: web', '- image: web'),
      'schema/required',
      CONTAINER,
      `${IN_CONTAINER} lacks the required field name`,
    ],
    [
      'with null for a required field',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: null\n',
      'schema/required',
      null,
      'the resource lacks the required field spec',
    ],
    [
      'with a value that is not among the allowed ones',
      withContainer('imagePullPolicy: Alway'),
      'schema/enum',
      [...CONTAINER, 'imagePullPolicy'],
      `${IN_CONTAINER}.imagePullPolicy must be one of Always, IfNotPresent, Never, not "Alway"; did you mean Always?`,
    ],
    [
      'with an empty text where a value is required',
      DEPLOYMENT.replace(
        'containers:',
        'affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: a, operator: "" }] }] } } }\n      containers:',
      ),
      'schema/enum',
      [...TERM, 'operator'],
      'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].operator must be one of DoesNotExist, Exists, Gt, In, Lt, NotIn, not ""',
    ],
    [
      'with a quantity of an unknown unit',
      withContainer('resources: { limits: { memory: 1GB } }'),
      'schema/quantity',
      [...CONTAINER, 'resources', 'limits', 'memory'],
      `${IN_CONTAINER}.resources.limits.memory must be a quantity such as 500m, 2, 1.5Gi or 1e3, not "1GB"`,
    ],
    [
      'with a boolean for a quantity',
      withContainer('resources: { limits: { memory: true } }'),
      'schema/wrong-type',
      [...CONTAINER, 'resources', 'limits', 'memory'],
      `${IN_CONTAINER}.resources.limits.memory must be a quantity such as 500m, 2, 1.5Gi or 1e3`,
    ],
    [
      'with an integer beyond 32 bits',
      withContainer('ports: [{ containerPort: 4294967296 }]'),
      'schema/format',
      [...CONTAINER, 'ports', 0, 'containerPort'],
      `${IN_CONTAINER}.ports[0].containerPort must be within the range of a 32-bit integer, not 4294967296`,
    ],
    [
      'with binary data that is not base64',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\nbinaryData: { a: "not base64" }\n',
      'schema/format',
      ['binaryData', 'a'],
      'binaryData.a must be base64',
    ],
    [
      'with a date that does not exist',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web, creationTimestamp: "2026-02-30T00:00:00Z" }\n',
      'schema/format',
      ['metadata', 'creationTimestamp'],
      'metadata.creationTimestamp must be a date and time such as 2026-01-31T12:00:00Z, not "2026-02-30T00:00:00Z"',
    ],
    [
      'without kind',
      'apiVersion: v1\nmetadata: { name: web }\n',
      'schema/missing-kind',
      null,
      'the resource lacks kind; it names the type of the resource, such as Deployment',
    ],
    [
      'without apiVersion',
      'kind: Pod\nmetadata: { name: web }\n',
      'schema/missing-api-version',
      null,
      'the resource lacks apiVersion; it names the group and version, such as apps/v1',
    ],
    [
      'with a kind that is no string',
      'apiVersion: v1\nkind: [Pod]\nmetadata: { name: web }\n',
      'schema/wrong-type',
      ['kind'],
      'kind must be a string, not a list',
    ],
    [
      'without name',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { labels: { a: b } }\n',
      'schema/missing-name',
      ['metadata'],
      'the resource lacks metadata.name',
    ],
    [
      'without metadata',
      'apiVersion: v1\nkind: ConfigMap\n',
      'schema/missing-name',
      null,
      'the resource lacks metadata.name',
    ],
  ];
  test.each(cases)('%s has that one finding, at its place', (_, yaml, ...finding) => {
    expect(findingsIn(yaml)).toEqual([finding]);
  });

  test('is recognised by the data of its sentence', () => {
    expectAboutToTell(cases.flatMap(([, yaml]) => violationsIn(yaml)));
  });

  test('has one sentence for one set of data, whatever stands in its fields', () => {
    const names = fc.constantFrom('image', 'imgae', 'ports', 'env', 'resources', 'stdin', 'command', 'x');
    const values = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(5, '5', 'true', [{ containerPort: 'http' }], [{ value: 'a' }], {
        limits: { cpu: 'much', memory: [] },
      }),
    );
    const found: Violation[] = [];
    fc.assert(
      fc.property(fc.dictionary(names, values, { minKeys: 1 }), (fields) => {
        const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
        found.push(...violationsIn(withContainer(lines.join('\n          '))));
      }),
      { examples: [[{ image: 5 }], [{ x: 1 }]] },
    );
    expectAboutToTell(found);
  });

  test('with several mistakes has one finding for each', () => {
    const yaml = `${withContainer('image: 5\n          prots: []')}        - {}\n`;
    expect(findingsIn(yaml).map(([rule, path]) => [rule, path])).toEqual([
      ['schema/unknown-field', [...CONTAINER, 'prots']],
      ['schema/wrong-type', [...CONTAINER, 'image']],
      ['schema/required', ['spec', 'template', 'spec', 'containers', 1]],
    ]);
  });

  test('may lack what only its status requires, which the API server clears', () => {
    expect(
      findingsIn(`
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 1 }
status: {}
`),
    ).toEqual([]);
  });
});

describe('a Secret', () => {
  const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: { name: web }\n';

  test('is checked with its values hidden', () => {
    expect(
      findingsIn(`${SECRET}stringData: { a: canary-plain }\ndata: { b: Y2FuYXJ5LWJhc2U2NA== }\n`),
    ).toEqual([]);
  });

  test('with text in place of its data is told of, without the text', () => {
    expect(findingsIn(`${SECRET}data: canary-hunter2\nimmutable: canary-flag\n`)).toEqual([
      ['schema/wrong-type', ['data'], 'data must be a mapping, not a string'],
      ['schema/wrong-type', ['immutable'], 'immutable must be true or false, not a string'],
    ]);
  });

  test('with nested data is told of at the nested place', () => {
    expect(findingsIn(`${SECRET}stringData: { config: { password: canary-hunter2 } }\n`)).toEqual([
      ['schema/wrong-type', ['stringData', 'config'], 'stringData.config must be a string, not a mapping'],
    ]);
  });

  test('is never quoted, wherever the value stands', () => {
    const yaml = `${SECRET.replace('name: web', 'name: web, creationTimestamp: canary-date')}canary: canary-hunter2\n`;
    expect(findingsIn(yaml).map(([, , message]) => message)).toEqual([
      'unknown field canary; allowed here: apiVersion, data, immutable, kind, metadata, stringData, type',
      'metadata.creationTimestamp must be a date and time such as 2026-01-31T12:00:00Z',
    ]);
  });
});

describe('a kind without schema', () => {
  const cases: [string, string, string | undefined][] = [
    ['example.com/v1', 'Widget', undefined],
    ['serving.example.com/v1', 'Service', undefined],
    ['telemetry.apps.k8s.io/v1', 'deployment', undefined],
    ['metrics.k8s.io/v1beta1', 'PodMetrics', undefined],
    ['apps/v1', 'DeploymentList', undefined],
  ];
  const refused: [string, string, string, string][] = [
    [
      'policy/v2',
      'PodDisruptionBudget',
      'apiVersion',
      'Kubernetes 1.37 serves PodDisruptionBudget as policy/v1',
    ],
    ['extensions/v1', 'Ingress', 'apiVersion', 'Kubernetes 1.37 serves Ingress as networking.k8s.io/v1'],
    ['v1', 'Deployment', 'apiVersion', 'Kubernetes 1.37 serves Deployment as apps/v1'],
    ['Apps/v1', 'Deployment', 'apiVersion', 'Kubernetes 1.37 serves Deployment as apps/v1'],
    [
      'Networking.k8s.io/v1',
      'Ingress',
      'apiVersion',
      'Kubernetes 1.37 serves Ingress as networking.k8s.io/v1',
    ],
    ['apps/v1', 'Deploymnet', 'kind', 'did you mean Deployment?'],
    ['apps/v1', 'statefulset', 'kind', 'did you mean StatefulSet?'],
    ['v1', 'service', 'kind', 'did you mean Service?'],
    ['batch/V1', 'Job', 'apiVersion', 'Kubernetes 1.37 serves Job as batch/v1'],
    [
      'autoscaling/v3',
      'HorizontalPodAutoscaler',
      'apiVersion',
      'Kubernetes 1.37 serves HorizontalPodAutoscaler as autoscaling/v1 and autoscaling/v2',
    ],
  ];
  test.each(refused)('is refused: %s %s', (apiVersion, kind, field, advice) => {
    const resource = resourceOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n`);
    const checked = schemas.check(resource);
    expect(checked).toEqual({
      status: 'checked',
      violations: [
        expect.objectContaining({
          rule: 'schema/unknown-kind',
          severity: 'error',
          message: `no version of Kubernetes has a kind ${kind} in ${apiVersion}; ${advice}`,
          fieldPath: [field],
        }),
      ],
    });
  });

  test('which is refused has its words by its data', () => {
    expectAboutToTell(
      refused.flatMap(([apiVersion, kind]) =>
        violationsIn(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n`),
      ),
    );
  });
  test.each(cases)('is not checked: %s %s', (apiVersion, kind, hint) => {
    const resource = resourceOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n`);
    expect(schemas.check(resource)).toEqual(
      hint === undefined ? { status: 'no-schema' } : { status: 'no-schema', hint },
    );
  });

  test.each(['__proto__', 'constructor', 'toString'])('may be named %s', (kind) => {
    const resource = resourceOf(`apiVersion: example.com/v1\nkind: ${kind}\nmetadata: { name: a }\n`);
    expect(schemas.check(resource).status).toBe('no-schema');
  });
});

test('a version that is not shipped is refused with those that are', async () => {
  await expect(openSchemaSet({ kubernetesVersion: '1.12' })).rejects.toThrow(
    'There are no schemas of Kubernetes 1.12; set kubernetesVersion to one of 1.37, 1.36, 1.35, 1.34, 1.33, 1.32, 1.31, 1.30, 1.29.',
  );
});
