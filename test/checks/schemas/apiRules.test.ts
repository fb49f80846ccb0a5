// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of Flux.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiJudgement, ApiRules } from '../../../src/checks/schemas/apiRules/apiRules.ts';
import { openSchemaSet, type SchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { formatFieldPath } from '../../../src/model/manifest.ts';
import { expectAboutToTell } from '../aboutTells.ts';
import { fixture, resourcesOf } from './manifests.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

let schemas: SchemaSet;
beforeAll(async () => {
  schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
});

async function judgementsOf(text: string, version = '1.37', by: Engine = engine): Promise<ApiJudgement[]> {
  const judged = resourcesOf(text).map((resource) => {
    const result = schemas.check(resource);
    return { resource, violations: result.status === 'checked' ? result.violations : [] };
  });
  return new ApiRules(by, version).check(judged);
}

/** What the rules add to the schema: `rule path: message`. */
async function foundIn(text: string, version = '1.37', by: Engine = engine): Promise<string[]> {
  const results = await judgementsOf(text, version, by);
  return results.flatMap((result) =>
    'failure' in result
      ? [`failure ${result.failure}`]
      : result.violations.map(
          ({ rule, fieldPath, message }) => `${rule} ${formatFieldPath(fieldPath ?? [])} | ${message}`,
        ),
  );
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "example.com/web:1" }]
`;

/** The same under other names. */
function renamed(text: string): string {
  return text.replaceAll('web', 'shop').replaceAll('data', 'cache');
}

describe('the rules of the API server', () => {
  test('accept what it accepts', async () => {
    expect(await foundIn(DEPLOYMENT)).toEqual([]);
  });

  test('hold a custom resource to names and labels, too, but for what a variable stands for', async () => {
    const application = (name: string, labels: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd, labels: ${labels} }\nspec: { project: p, destination: { namespace: n, server: s }, source: { repoURL: r, path: p } }\n`;
    expect(await foundIn(application('a-b.c', '{ a: b_C }'))).toEqual([]);
    expect(await foundIn(application('"${NAME}"', '{ a: "${VALUE}" }'))).toEqual([]);
    const found = await foundIn(application('a_B', '{ a: no blanks }'));
    expect(found.map((text) => text.split(' | ')[0])).toEqual([
      'schema/invalid-value metadata.name',
      'schema/invalid-value metadata.labels',
    ]);
  });

  const refused = [
    [
      'a selector that its template does not match',
      DEPLOYMENT.replace('labels: { app: web }', 'labels: { app: other }'),
      'schema/invalid-value spec.template.metadata.labels | spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels` (the API server\'s rule for apps/v1 Deployment)',
    ],
    [
      'a mount of a volume that is not there',
      DEPLOYMENT.replace('1" }', '1", volumeMounts: [{ name: data, mountPath: /d }] }'),
      'schema/not-found spec.template.spec.containers[0].volumeMounts[0].name | spec.template.spec.containers[0].volumeMounts[0].name: Not found: "data" (the API server\'s rule for apps/v1 Deployment)',
    ],
    [
      'a variable that stands twice',
      DEPLOYMENT.replace('1" }', '1", env: [{ name: A, value: a }, { name: A, value: b }] }'),
      'schema/api-warning spec.template.spec.containers[0].env[1] | spec.template.spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply (warning of the API server on apps/v1 Deployment)',
    ],
    [
      'a field that is missing by the place that lacks it',
      'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { selector: { a: b } }\n',
      "schema/required spec | spec.ports: Required value (the API server's rule for v1 Service)",
    ],
  ] as const;
  test.each(refused)('find %s', async (_, text, finding) => {
    expect(await foundIn(text)).toEqual([finding]);
  });

  test('are told by their words, field and kind', async () => {
    const texts = refused.map(([, text]) => text);
    const found = await judgementsOf([...texts, ...texts.map(renamed)].join('\n---\n'));
    expectAboutToTell(found.flatMap((one) => ('failure' in one ? [] : one.violations)));
    const [service] = (await judgementsOf(refused[3][1])).flatMap((one) =>
      'failure' in one ? [] : one.violations,
    );
    expect(service?.about).toEqual({
      field: ['spec', 'ports'],
      said: 'Required value',
      apiVersion: 'v1',
      kind: 'Service',
    });
  });

  test('do not judge what stands for another value', async () => {
    const ingress = (host: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a, labels: { "on": "${host}" } }
spec:
  rules:
    - host: ${host}
      http: { paths: [{ path: b, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] }
`;
    const fieldsOf = async (text: string) => (await foundIn(text)).map((line) => line.split(' ')[1]);
    const path = 'spec.rules[0].http.paths[0].path';
    expect(await fieldsOf(ingress('a_b*'))).toEqual(['metadata.labels', 'spec.rules[0].host', path]);
    expect(await fieldsOf(ingress('web.${domain}'))).toEqual([path]);
    expect(await fieldsOf(ingress('${domain:=example.com}'))).toEqual([path]);
  });

  test('are those of the version', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: 1st }\nspec: { ports: [{ port: 80 }] }\n';
    expect((await foundIn(service, '1.35')).map((text) => text.split(' |')[0])).toEqual([
      'schema/invalid-value metadata.name',
    ]);
    expect(await foundIn(service, '1.37')).toEqual([]);
  });

  test('do not repeat what the schema has told', async () => {
    expect(await foundIn(DEPLOYMENT.replace('  selector: { matchLabels: { app: web } }\n', ''))).toEqual([
      // It is another field, and the API server says both.
      'schema/invalid-value spec.template.metadata.labels | spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels` (the API server\'s rule for apps/v1 Deployment)',
    ]);
    expect(await foundIn(DEPLOYMENT.replace('containers: [', 'containers: many #'))).toEqual([]);
    expect(await foundIn(DEPLOYMENT.replace('name: web,', 'imagePullPolicy: Some, name: web,'))).toEqual([]);
    expect(await foundIn('apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n')).toEqual([]);
  });

  test('tell where nothing else knows why an object cannot be read', async () => {
    const text = `apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: a }\n`;
    expect(await foundIn(text)).toEqual([]);
    // For the schema a time is a time; the type wants microseconds.
    const lease = `apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: { name: a }
spec: { renewTime: "2026-01-31T12:00:00Z" }
`;
    expect(await foundIn(lease)).toEqual([
      expect.stringMatching(/^schema\/wrong-type {2}\| the API server cannot read it as coordination/),
    ]);
  });
});

describe('values of Secrets', () => {
  test('are neither judged nor quoted, but the names of a type are', async () => {
    expect(
      await foundIn(
        'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ntype: kubernetes.io/tls\ndata: { tls.crt: QUJDREVGRw== }\n',
      ),
    ).toEqual([
      'schema/required data | data["tls.key"]: Required value (the API server\'s rule for v1 Secret)',
    ]);
    expect(
      await foundIn(
        'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ntype: kubernetes.io/dockerconfigjson\ndata: { .dockerconfigjson: QUJDREVGRw== }\n',
      ),
    ).toEqual([]);
    expect(
      await foundIn(
        'apiVersion: v1\nkind: Secret\nmetadata: { name: a }\ntype: kubernetes.io/ssh-auth\nstringData: { ssh-privatekey: something-long }\n',
      ),
    ).toEqual([]);
  });
});

describe('the engine', () => {
  test('is asked once for equal objects', async () => {
    let asked = 0;
    const counted: Engine = Object.create(engine, {
      validate: {
        value: (params: Parameters<Engine['validate']>[0]) => {
          asked += params.objects.length;
          return engine.validate(params);
        },
      },
    });
    await foundIn(`${DEPLOYMENT}---\n${DEPLOYMENT}`, '1.37', counted);
    await foundIn(DEPLOYMENT, '1.37', counted);
    await foundIn(DEPLOYMENT, '1.36', counted);
    expect(asked).toBe(2);
  });

  test('that fails on an object leaves the others', async () => {
    const small = new EnginePool({ size: 1, timeoutMs: 1 });
    const results = await new ApiRules(small, '1.37').check(
      resourcesOf(DEPLOYMENT).map((resource) => ({ resource, violations: [] })),
    );
    await small.close();
    expect(results).toEqual([{ failure: 'it took too long' }]);
  });

  test('knows every kind of the fixtures that is stored', async () => {
    const objects = ['workloads', 'others'].flatMap((name) => fixture(`valid-core-kinds/${name}.yaml`));
    const answers = await engine.validate({
      version: '1.37',
      objects: objects.map(({ manifest }) => manifest),
    });
    const without = objects.filter((_, index) => answers[index]?.checked !== true);
    expect(without.map(({ kind }) => kind)).toEqual(['APIService', 'SubjectAccessReview']);
  });
});
