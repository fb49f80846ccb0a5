import { afterAll, describe, expect, test } from '@jest/globals';
import { compilePolicies, type PolicyOptions } from '../../../src/checks/policies/compilePolicies.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { CompileParams, CompileReply } from '../../../src/engine/protocol/rego.ts';
import { concernOf } from '../../../src/model/finding.ts';
import type { ManifestValue } from '../../../src/model/manifest.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { redactManifest } from '../../../src/model/redactManifest.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { Target } from '../../../src/model/target.ts';
import { kustomizeTarget } from '../../../src/targets/findTargets.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const target = kustomizeTarget('a');

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
    hostPID: true,
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true },
    containers: [
      {
        name: 'app',
        image: 'app:1.2.3',
        securityContext: { readOnlyRootFilesystem: true },
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
          rule: 'security/host-namespaces',
          severity: 'error',
          message: "the pod shares its node's namespaces: hostPID",
          fieldPath: ['spec', 'hostPID'],
          about: { field: 'hostPID' },
        },
      ],
    ]);
  });

  test('can be switched off one by one', async () => {
    expect((await judge([POD], { disable: ['security/host-namespaces'] })).violations).toEqual([[]]);
  });

  test('of the restricted level can be switched on', async () => {
    const enable = ['security/privilege-escalation', 'security/seccomp-profile'];
    const rulesWith = async (options: Partial<PolicyOptions>) =>
      (await judge([POD], options)).violations.flat().map(({ rule }) => rule);
    expect(await rulesWith({})).toEqual(['security/host-namespaces']);
    expect(await rulesWith({ enable })).toEqual(['security/host-namespaces', ...enable]);
    expect(await rulesWith({ enable, disable: enable })).toEqual(['security/host-namespaces']);
  });

  test('count as the profile says, but for those that are named', async () => {
    const rulesWith = async (options: Omit<PolicyOptions, 'engine'>) =>
      (await judge([POD], options)).violations.flat().map(({ rule }) => rule);
    const [enable, disable] = [['security/seccomp-profile'], ['security/host-namespaces']];
    expect(await rulesWith({ profile: 'recommended' })).toEqual(['security/host-namespaces']);
    expect(await rulesWith({ profile: 'none' })).toEqual([]);
    expect(await rulesWith({ profile: 'none', enable })).toEqual(enable);
    const strict = await rulesWith({ profile: 'strict' });
    expect(strict).toEqual(expect.arrayContaining([...enable, ...disable]));
    expect(await rulesWith({ profile: 'strict', disable })).toEqual(
      strict.filter((rule) => rule !== 'security/host-namespaces'),
    );
  });

  test('know the environment of the target', async () => {
    const application = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'x', finalizers: ['resources-finalizer.argocd.argoproj.io'] },
      spec: {
        project: 'x',
        source: { path: 'a' },
        syncPolicy: { automated: { prune: true, selfHeal: true }, retry: { limit: 5 } },
      },
    };
    expect((await judge([application])).violations).toEqual([[]]);
    const enable = ['argocd/automated-prune-production'];
    const { violations } = await judge([application], { enable }, { ...target, environment: 'production' });
    expect(violations[0]).toMatchObject([{ rule: 'argocd/automated-prune-production', severity: 'warning' }]);
  });
});

describe("the user's policies", () => {
  test("are in conftest's form: deny, violation and warn, strings and objects", async () => {
    const { violations, compileProblems } = await judge(
      [CONFIG],
      user(`package main

deny contains "a string" if input.kind == "ConfigMap"
deny_named contains {"msg": "an object", "about": {"a": 1}} if input.kind == "ConfigMap"
violation contains {"msg": "on a field", "path": ["metadata", "name"]} if input.kind == "ConfigMap"
warn contains msg if msg := sprintf("%s is %d", [input.metadata.name, 1])
`),
    );
    expect(compileProblems).toEqual([]);
    expect(violations[0]).toEqual([
      { rule: 'main/deny', severity: 'error', message: 'a string', about: null, fieldPath: null },
      { rule: 'main/deny_named', severity: 'error', message: 'an object', about: null, fieldPath: null },
      {
        rule: 'main/violation',
        severity: 'error',
        message: 'on a field',
        about: null,
        fieldPath: ['metadata', 'name'],
      },
      { rule: 'main/warn', severity: 'warning', message: 'c is 1', about: null, fieldPath: null },
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
      { path: 'policies/broken.rego', line: 4, message: 'var nothing is unsafe' },
      { path: 'policies/syntax.rego', line: 3, message: 'unexpected eof token' },
    ]);
    expect(violations[0]?.map(({ rule }) => rule)).toEqual(['security/host-namespaces', 'good/deny']);
  });

  test.each([
    'http.send({"method": "get", "url": "http://example.com"})',
    'opa.runtime()',
    'time.now_ns()',
    'rego.parse_module("a", "package a")',
    'net.lookup_ip_addr("example.com")',
  ])('may not call %s', async (call) => {
    const { compileProblems } = await judge([CONFIG], user(`package main\n\ndeny contains "x" if ${call}\n`));
    expect(compileProblems).toEqual([
      {
        path: 'policies/own.rego',
        line: 3,
        message: `the function ${call.slice(0, call.indexOf('('))} is not available to policies: it would look outside, depend on the time, or the evaluator lacks it`,
      },
    ]);
  });

  test('may be written for Rego v0, beside others for v1', async () => {
    const { violations, compileProblems } = await judge([CONFIG], {
      userModules: [
        {
          path: 'policies/old.rego',
          content:
            'package main\n\nimport data.lib\n\ndefault named = false\n\nnamed {\n\tlib.name == "c"\n}\n\ndeny[msg] {\n\tnamed\n\tany([named, false])\n\tmsg = sprintf("old %s", [lib.name])\n}\n',
        },
        {
          path: 'policies/lib.rego',
          content: 'package lib\n\nname := input.metadata.name\n\ndeny contains "new" if name == "c"\n',
        },
      ],
    });
    expect(compileProblems).toEqual([]);
    expect(violations[0]?.map(({ message }) => message)).toEqual(['new', 'old c']);
  });

  test('find their data beside what Hydrant gives', async () => {
    const { violations } = await judge([CONFIG], {
      ...user(
        'package main\n\ndeny contains sprintf("%s: %s", [data.hydrant.target.id, team]) if some team in data.teams[input.metadata.name]\n',
      ),
      userData: { teams: { c: ['a', 'b'] } },
    });
    expect(violations[0]?.map(({ message }) => message)).toEqual(['a: a', 'a: b']);
  });

  test('say themselves what is excepted: by name, and the empty name for the rule without one', async () => {
    const rego = (exceptions: string) => `package main

deny contains "plain"
violation contains "plain too"
deny_a contains "a"
violation_a contains "a too"
warn_b contains "b"
exception contains rules if {
	input.metadata.name == "c"
	rules := ${exceptions}
}
`;
    const left = async (exceptions: string) => {
      const { violations } = await judge([CONFIG], user(rego(exceptions)));
      return violations[0]?.map(({ message, exceptedBy }) => `${message} ${exceptedBy ?? 'counts'}`);
    };
    const by = 'data.main.exception';
    const all = ['plain', 'a', 'plain too', 'a too', 'b'];
    const except = (...names: string[]) =>
      all.map((name) => `${name} ${names.includes(name) ? by : 'counts'}`);
    expect(await left('["a"]')).toEqual(except('a', 'a too'));
    expect(await left('{"b", "x"}')).toEqual(except('b'));
    expect(await left('["", "b"]')).toEqual(except('plain', 'plain too', 'b'));
    expect(await left('["deny_a"]')).toEqual(except());
    expect(await left('"a"')).toEqual(except());
  });

  test('pass with an empty text, as with conftest, and only with that', async () => {
    const { violations } = await judge(
      [CONFIG],
      user('package main\n\ndeny contains ""\n\nwarn contains " \\n"\n'),
    );
    expect(violations[0]?.map(({ message }) => message)).toEqual([
      'the policy gives a message without words',
    ]);
  });

  test('that use one that does not compile are told, and not evaluated', async () => {
    const { violations, compileProblems } = await judge([CONFIG], {
      userModules: [
        { path: 'policies/lib.rego', content: 'package lib\n\nexempt if nothing\n' },
        {
          path: 'policies/main.rego',
          content: 'package main\n\nimport data.lib\n\ndeny contains "x" if not lib.exempt\n',
        },
      ],
    });
    expect(compileProblems).toEqual([
      { path: 'policies/lib.rego', line: 3, message: 'var nothing is unsafe' },
      {
        path: 'policies/main.rego',
        line: 5,
        message: 'it uses data.lib.exempt, and policies/lib.rego, which defines that, does not compile',
      },
    ]);
    expect(violations).toEqual([[]]);
  });

  test('their tests are not evaluated', async () => {
    const { compileProblems, violations } = await judge(
      [CONFIG],
      user('package main_test\n\nnonsense(', 'policies/own_test.rego'),
    );
    expect({ compileProblems, violations }).toEqual({ compileProblems: [], violations: [[]] });
  });

  test.each(['secret', 'schema', 'render', 'settings'])(
    'in a package named %s count as policies',
    async (name) => {
      const { violations } = await judge([CONFIG], user(`package ${name}\n\nwarn_it contains "x"\n`));
      const [violation] = violations[0] ?? [];
      expect(violation?.rule).toBe(`policies.${name}/warn_it`);
      expect(concernOf(violation?.rule ?? '')).toBe('policies');
    },
  );

  test('cannot pass for a built-in one', async () => {
    const { violations } = await judge(
      [CONFIG],
      user('package hydrant.images.latest_tag\n\ndeny contains "x"\n'),
    );
    expect(violations[0]?.map(({ rule }) => rule)).toEqual(['hydrant.images.latest_tag/deny']);
  });

  test('see the target, and equal manifests are judged anew where it differs', async () => {
    const { policies } = await compilePolicies({
      engine,
      ...user(`package main

import data.hydrant.target

warn contains sprintf("%s at %s in %v on %v", [target.id, target.path, target.environment, target.cluster])
`),
    });
    const messages = async (on: Target) => {
      const { violations } = await policies.evaluate(toResources([CONFIG]), { target: on });
      return violations[0]?.map(({ message }) => message);
    };
    expect(await messages(target)).toEqual(['a at a in null on null']);
    const other = { ...target, id: 'b', path: 'c', environment: 'dev', cluster: 'eu' };
    expect(await messages(other)).toEqual(['b at c in dev on eu']);
  });

  test.each([
    ['deny := true', 'boolean'],
    ['deny := "x"', 'string'],
    ['deny := {"a": 1}', 'object'],
  ])('that give no set of messages (%s) are told', async (rule, type) => {
    const { violations, problems } = await judge([CONFIG], user(`package main\n\n${rule}\n`));
    expect(violations).toEqual([[]]);
    expect(problems).toEqual([
      {
        path: 'main/deny',
        line: 0,
        message: `the policy could not be evaluated: it gives a ${type} in place of a set of messages; write: deny contains msg if { ... }`,
      },
    ]);
  });

  test('whose results are no messages are told; its other results count', async () => {
    const { violations, problems } = await judge(
      [CONFIG],
      user('package main\n\ndeny contains {"message": "x"}\n\ndeny contains "y"\n'),
    );
    expect(violations[0]?.map(({ message }) => message)).toEqual(['y']);
    expect(problems).toEqual([
      {
        path: 'main/deny',
        line: 0,
        message:
          'the policy could not be evaluated: a result is neither a text nor an object with a text as msg',
      },
    ]);
  });

  test('stand on a field only by a path of names and indices', async () => {
    const { violations } = await judge(
      [CONFIG],
      user(
        'package main\n\ndeny contains {"msg": "a\\n", "path": "metadata.name"}\n\ndeny contains {"msg": "b", "path": ["a", 0.5]}\n',
      ),
    );
    expect(violations[0]?.map(({ message, fieldPath }) => ({ message, fieldPath }))).toEqual([
      { message: 'a', fieldPath: null },
      { message: 'b', fieldPath: null },
    ]);
  });
});

describe('an engine that fails', () => {
  const failing: Engine = {
    render: () => Promise.reject(new Error('unused')),
    renderTemplates: () => Promise.reject(new Error('unused')),
    checkCustomResources: () => Promise.reject(new Error('unused')),
    checkDefinitions: () => Promise.reject(new Error('unused')),
    checkAdmission: () => Promise.reject(new Error('unused')),
    findCauses: (params) => engine.findCauses(params),
    describe: () => engine.describe(),
    validate: () => Promise.reject(new Error('unused')),
    testRego: () => Promise.reject(new Error('unused')),
    compileRego: (params) =>
      params.form === 'hydrant' ? Promise.reject(new Error('it ended')) : engine.compileRego(params),
  };

  test("at the built-in policies leaves the user's", async () => {
    const { policies, problems } = await compilePolicies({
      engine: failing,
      cacheDir: null,
      ...user('package main\n\ndeny contains "x"\n'),
    });
    expect(problems).toEqual([]);
    expect(await policies.evaluate(toResources([CONFIG]), { target })).toEqual({
      violations: [[{ rule: 'main/deny', severity: 'error', message: 'x', about: null, fieldPath: null }]],
      ofTarget: [],
      problems: [
        { path: 'built-in policies', line: 0, message: 'the policies could not be compiled: it ended' },
      ],
    });
  });

  test("at the user's leaves the built-in policies", async () => {
    const { policies, problems } = await compilePolicies({
      engine: { ...failing, compileRego: (params) => other(failing, params) },
      ...user('package main\n\ndeny contains "x"\n'),
    });
    expect(problems).toEqual([
      { path: 'policies/own.rego', line: 1, message: 'the policies could not be compiled: it ended' },
    ]);
    const { violations } = await policies.evaluate(toResources([POD]), { target });
    expect(violations[0]?.map(({ rule }) => rule)).toEqual(['security/host-namespaces']);
  });

  function other(by: Engine, params: CompileParams): Promise<CompileReply> {
    if (params.form === 'hydrant') return engine.compileRego(params);
    return by.compileRego({ ...params, form: 'hydrant' });
  }
});
