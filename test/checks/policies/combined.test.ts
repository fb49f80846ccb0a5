import { afterAll, describe, expect, test } from '@jest/globals';
import { clusterViews } from '../../../src/checks/policies/clusterView.ts';
import { compilePolicies } from '../../../src/checks/policies/compilePolicies.ts';
import type { Limits } from '../../../src/checks/policies/evaluator.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import type { Rendering } from '../../../src/model/rendering.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { Target } from '../../../src/model/target.ts';
import { ruleNames } from '../../../src/settings/ruleNames.ts';
import { kustomizeTarget } from '../../../src/targets/findTargets.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const COMBINE = '# METADATA\n# custom:\n#   combine: true\npackage main\n\n';
const NAMES = ['a', 'b', 'c'];
const CONFIGS = NAMES.map(config);

function config(name: string): ManifestObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { key: 'long text' } };
}

function targetOf(id: string, fields: Partial<Target> = {}): Target {
  return { ...kustomizeTarget(id), ...fields };
}

function rendered(target: Target, manifests: ManifestObject[]): Rendering {
  return { status: 'rendered', target, trace: [], resources: toResources(manifests) };
}

function failed(target: Target): Rendering {
  const problem = { kind: 'other', message: 'no', path: null, line: null, subject: null } as const;
  return { status: 'failed', target, trace: [], problem };
}

async function setOf(rego: string, limits: Partial<Limits> = {}) {
  const { policies, problems } = await compilePolicies({
    engine,
    disable: ruleNames(),
    userModules: [{ path: 'policies/own.rego', content: rego }],
    limits,
  });
  expect(problems).toEqual([]);
  return policies;
}

async function judge(rego: string, manifests: ManifestObject[] = CONFIGS, limits: Partial<Limits> = {}) {
  const policies = await setOf(rego, limits);
  return policies.evaluate(toResources(manifests), { target: targetOf('apps/web') });
}

describe('a rule for all resources of a target', () => {
  test("gets them as conftest's --combine gives them, in order", async () => {
    const { ofTarget, violations } = await judge(
      `${COMBINE}deny contains msg if {\n\tparts := [part | some item in input; part := sprintf("%s %s", [item.path, item.contents.metadata.name])]\n\tmsg := concat(", ", parts)\n}`,
    );
    expect(ofTarget).toEqual([
      {
        rule: 'main/deny',
        severity: 'error',
        about: null,
        message: 'apps/web a, apps/web b, apps/web c',
        fieldPath: null,
      },
    ]);
    expect(violations).toEqual([[], [], []]);
  });

  test('gives a finding to the resource that it names by its index', async () => {
    const { ofTarget, violations } = await judge(`${COMBINE}warn contains result if {
	some index, item in input
	item.contents.metadata.name == "b"
	result := {"msg": "it is b", "resource": index, "path": ["metadata", "name"]}
}`);
    expect(ofTarget).toEqual([]);
    const found = {
      rule: 'main/warn',
      severity: 'warning',
      about: null,
      message: 'it is b',
      fieldPath: ['metadata', 'name'],
    };
    expect(violations).toEqual([[], [found], []]);
  });

  test.each(['7', '-1', '"b"', 'null', '0.5'])(
    'gives it to the target where the index is %s: a field without resource is none',
    async (index) => {
      const { ofTarget, violations } = await judge(
        `${COMBINE}deny contains {"msg": "x", "resource": ${index}, "path": ["metadata"]}`,
      );
      expect(ofTarget).toMatchObject([{ message: 'x', fieldPath: null }]);
      expect(violations.flat()).toEqual([]);
    },
  );

  test('stands beside rules for one resource', async () => {
    const { ofTarget, violations } = await judge(
      'package main\n\n# METADATA\n# custom:\n#   combine: true\ndeny contains "all" if count(input) == 3\n\nwarn contains "one" if input.metadata.name == "a"',
    );
    expect(ofTarget.map(({ message }) => message)).toEqual(['all']);
    expect(violations.map((found) => found.map(({ message }) => message))).toEqual([['one'], [], []]);
  });

  test('is stopped where it never ends, or needs too much memory; the others judge', async () => {
    const endless = `${COMBINE}deny contains "x" if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b == -1\n}\n\nwarn contains "y"`;
    const stopped = await judge(endless, CONFIGS, { timeoutMs: 300 });
    expect(stopped.problems).toEqual([
      {
        path: 'main/deny',
        line: 0,
        message: 'the policy could not be evaluated: it took longer than 0.3 s on one target',
      },
    ]);
    expect(stopped.ofTarget.map(({ message }) => message)).toEqual(['y']);
    const large = `${COMBINE}deny contains "x" if count(numbers.range(1, 10000000)) > 0\n\nwarn contains "y"`;
    const limited = await judge(large, CONFIGS, { memoryBytes: 2 ** 24 });
    expect(limited.ofTarget.map(({ message }) => message)).toEqual(['y']);
    expect(limited.problems.map(({ message }) => message)).toEqual([
      'the policy could not be evaluated: it needed more than 16 MiB of memory',
    ]);
  });

  test('whose resources alone need too much memory is told, and the rules for one resource judge', async () => {
    const many = Array.from({ length: 4_000 }, (_, index) => ({
      ...config(`c${index}`),
      data: Object.fromEntries(Array.from({ length: 20 }, (__, key) => [`key-${key}`, 'x'.repeat(40)])),
    }));
    const rego =
      'package main\n\n# METADATA\n# custom:\n#   combine: true\ndeny contains "all"\n\nwarn contains "one" if input.metadata.name == "c0"';
    const { ofTarget, violations, problems } = await judge(rego, many, { memoryBytes: 2 ** 24 });
    expect(ofTarget).toEqual([]);
    expect(violations.flat().map(({ message }) => message)).toEqual(['one']);
    expect(problems.map(({ path, message }) => [path, message])).toEqual([
      ['main/deny', 'the policy could not be evaluated: it needed more than 16 MiB of memory'],
    ]);
  });
});

describe('data.hydrant.cluster', () => {
  const LOOKS = `${COMBINE}warn contains msg if {
	cluster := data.hydrant.cluster
	found := sort([sprintf("%s of %s", [name, one.target]) | some name, alike in cluster.resources.ConfigMap; some one in alike])
	msg := sprintf("%v %v: %s", [cluster.name, cluster.complete, concat(", ", found)])
}`;

  async function seen(of: Target, renderings: Rendering[]): Promise<string[]> {
    const policies = await setOf(LOOKS);
    const { ofTarget } = await policies.evaluate([], { target: of, cluster: clusterViews(renderings)(of) });
    return ofTarget.map(({ message }) => message);
  }

  const web = targetOf('web', { cluster: 'eu', environment: 'production' });
  const db = targetOf('db', { cluster: 'eu', environment: 'production' });
  const elsewhere = targetOf('us', { cluster: 'us', environment: 'production' });
  const staging = targetOf('staging', { environment: 'staging' });
  const anywhere = targetOf('anywhere');
  const all = [web, db, elsewhere, staging, anywhere].map((target) => rendered(target, [config(target.id)]));

  test('holds what is, or may be, applied to the same cluster', async () => {
    expect(await seen(web, all)).toEqual(['eu true: anywhere of anywhere, db of db, web of web']);
    expect(await seen(staging, all)).toEqual(['null false: anywhere of anywhere, staging of staging']);
    expect(await seen(anywhere, all)).toEqual([
      'null false: anywhere of anywhere, db of db, staging of staging, us of us, web of web',
    ]);
  });

  test('is not complete where one of the targets did not render', async () => {
    expect(await seen(web, [failed(db), ...all.filter(({ target }) => target !== db)])).toEqual([
      'eu false: anywhere of anywhere, web of web',
    ]);
    expect(await seen(web, [failed(elsewhere), ...all.filter(({ target }) => target !== elsewhere)])).toEqual(
      ['eu true: anywhere of anywhere, db of db, web of web'],
    );
  });

  test('has no texts of ConfigMaps and no schemas of definitions, but all else', () => {
    const definition: ManifestObject = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'd' },
      spec: { group: 'g', versions: [{ name: 'v1', schema: { openAPIV3Schema: {} } }] },
    };
    const service: ManifestObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: '__proto__' } };
    const { text } = clusterViews([rendered(web, [config('c'), definition, service])])(web);
    expect(JSON.parse(text).resources).toEqual({
      ConfigMap: { c: [{ target: 'web', contents: { ...config('c'), data: { key: '' } } }] },
      CustomResourceDefinition: {
        d: [
          {
            target: 'web',
            contents: { ...definition, spec: { group: 'g', versions: [{ name: 'v1', schema: {} }] } },
          },
        ],
      },
      Service: { ['__proto__']: [{ target: 'web', contents: service }] },
    });
  });

  test('is judged again for a target whose surroundings changed, and only then', async () => {
    const policies = await setOf(LOOKS);
    expect(policies.looksAround).toBe(true);
    const messages = async (renderings: Rendering[]) => {
      const { ofTarget } = await policies.evaluateAround([], {
        target: web,
        cluster: clusterViews(renderings)(web),
      });
      return ofTarget.map(({ message }) => message);
    };
    expect(await messages(all)).toEqual(['eu true: anywhere of anywhere, db of db, web of web']);
    expect(await messages(all.filter(({ target }) => target !== db))).toEqual([
      'eu true: anywhere of anywhere, web of web',
    ]);
    expect((await setOf(`${COMBINE}warn contains "x"`)).looksAround).toBe(false);
  });
});
