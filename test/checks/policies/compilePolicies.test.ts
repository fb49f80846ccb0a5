import { afterAll, describe, expect, test } from '@jest/globals';
import { compilePolicies, type PolicyOptions } from '../../../src/checks/policies/compilePolicies.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { type ManifestValue, redactManifest } from '../../../src/model/manifest.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { Target } from '../../../src/model/target.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const target: Target = { id: 'a', kind: 'kustomize', path: 'a', cluster: null, environment: null };

async function judge(manifests: ManifestValue[], options: Omit<PolicyOptions, 'engine'> = {}, on = target) {
  const { policies, problems } = await compilePolicies({ engine, ...options });
  const redactor = new Redactor();
  const judgement = await policies.evaluate(
    toResources(manifests.map((one) => redactManifest(one, redactor))),
    { target: on },
  );
  return { ...judgement, compileProblems: problems };
}

function user(content: string, path = 'policies/own.rego') {
  return { userModules: [{ path, content }] };
}

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p' },
  spec: {
    securityContext: { runAsNonRoot: true },
    containers: [
      {
        name: 'app',
        image: 'app:latest',
        resources: { requests: { cpu: '1', memory: '1' }, limits: { memory: '1' } },
      },
    ],
  },
};
const CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } };

describe('built-in policies', () => {
  test('say what is wrong at its field', async () => {
    const { violations, problems } = await judge([CONFIG, POD]);
    expect(problems).toEqual([]);
    expect(violations).toEqual([
      [],
      [
        {
          rule: 'images/latest-tag',
          severity: 'error',
          message: 'container app uses app:latest, whose tag is not fixed; name a version or a digest',
          fieldPath: ['spec', 'containers', 0, 'image'],
        },
      ],
    ]);
  });

  test('can be switched off one by one', async () => {
    expect((await judge([POD], { disable: ['images/latest-tag'] })).violations).toEqual([[]]);
  });

  test('know the environment of the target', async () => {
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'x' },
      spec: { source: { path: 'a' }, syncPolicy: { automated: { prune: true, selfHeal: true } } },
    };
    expect((await judge([application])).violations).toEqual([[]]);
    const { violations } = await judge([application], {}, { ...target, environment: 'production' });
    expect(violations[0]).toMatchObject([{ rule: 'argocd/automated-prune-production', severity: 'warning' }]);
  });
});

describe("the user's policies", () => {
  test("are in conftest's form: deny, violation and warn, strings and objects", async () => {
    const { violations, compileProblems } = await judge(
      [CONFIG],
      user(`package main

deny contains "a string" if input.kind == "ConfigMap"
deny_named contains {"msg": "an object", "details": {"a": 1}} if input.kind == "ConfigMap"
violation contains {"msg": "on a field", "path": ["metadata", "name"]} if input.kind == "ConfigMap"
warn contains msg if msg := sprintf("%s is %d", [input.metadata.name, 1])
`),
    );
    expect(compileProblems).toEqual([]);
    expect(violations[0]).toEqual([
      { rule: 'main/deny', severity: 'error', message: 'a string', fieldPath: null },
      { rule: 'main/deny_named', severity: 'error', message: 'an object', fieldPath: null },
      { rule: 'main/violation', severity: 'error', message: 'on a field', fieldPath: ['metadata', 'name'] },
      { rule: 'main/warn', severity: 'warning', message: 'c is 1', fieldPath: null },
    ]);
  });

  test('never see the value of a Secret', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's' },
      stringData: { a: 'canary-policy' },
    };
    const { violations } = await judge([secret], user('package main\n\ndeny contains input.stringData.a\n'));
    expect(violations[0]).toMatchObject([{ message: '<redacted>' }]);
  });

  test('that do not compile are problems at their lines, and the others still judge', async () => {
    const { violations, compileProblems } = await judge([POD], {
      userModules: [
        {
          path: 'policies/broken.rego',
          content: 'package main\n\ndeny contains msg if {\n\tmsg := nothing\n}\n',
        },
        { path: 'policies/syntax.rego', content: 'package other\n\ndeny contains {\n' },
        { path: 'policies/good.rego', content: 'package good\n\ndeny contains "good" if true\n' },
      ],
    });
    expect(compileProblems).toEqual([
      { path: 'policies/syntax.rego', line: 4, message: expect.any(String) },
      { path: 'policies/syntax.rego', line: 4, message: expect.stringContaining('unexpected eof token') },
      { path: 'policies/broken.rego', line: 4, message: 'var nothing is unsafe' },
    ]);
    expect(violations[0]?.map(({ rule }) => rule)).toEqual(['images/latest-tag', 'good/deny']);
  });

  test.each([
    'http.send({"method": "get", "url": "http://example.com"})',
    'opa.runtime()',
    'net.lookup_ip_addr("example.com")',
  ])('may not call %s', async (call) => {
    const { compileProblems } = await judge([CONFIG], user(`package main\n\ndeny contains "x" if ${call}\n`));
    expect(compileProblems).toEqual([
      {
        path: 'policies/own.rego',
        line: 3,
        message: expect.stringMatching(/the function [a-z._]+ is not available to policies/),
      },
    ]);
  });

  test('written for Rego v0 say so', async () => {
    const { compileProblems } = await judge([CONFIG], user('package main\n\ndeny[msg] {\n\tmsg = "x"\n}\n'));
    expect(compileProblems[0]).toMatchObject({
      path: 'policies/own.rego',
      line: 3,
      message: expect.stringMatching(/`if`|`contains`/),
    });
  });

  test('that never end are stopped; the built-in ones still judge', async () => {
    const endless = `package main

deny contains "x" if {
	some a in numbers.range(1, 100000)
	some b in numbers.range(1, 100000)
	a * b == -1
}
`;
    const { violations, problems } = await judge([POD], { ...user(endless), timeoutMs: 1000 });
    expect(problems).toEqual([
      {
        path: "the repository's policies",
        line: 0,
        message: expect.stringContaining('the policies could not be evaluated'),
      },
    ]);
    expect(violations[0]?.map(({ rule }) => rule)).toEqual(['images/latest-tag']);
  });

  test('their tests are not evaluated', async () => {
    const { compileProblems, violations } = await judge(
      [CONFIG],
      user('package main_test\n\nnonsense(', 'policies/own_test.rego'),
    );
    expect({ compileProblems, violations }).toEqual({ compileProblems: [], violations: [[]] });
  });
});
