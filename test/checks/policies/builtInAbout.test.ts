import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readBuiltInPolicies } from '../../../src/checks/policies/builtIn.ts';
import { compilePolicies } from '../../../src/checks/policies/compilePolicies.ts';
import { nearbyResources } from '../../../src/checks/policies/nearbyResources.ts';
import type { PolicySet } from '../../../src/checks/policies/policySet.ts';
import { NOT_YAML, yamlValues } from '../../../src/dialects/yamlValues.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { Violation } from '../../../src/model/finding.ts';
import type { ManifestValue } from '../../../src/model/manifest.ts';
import type { RenderedTarget } from '../../../src/model/rendering.ts';
import { toResources } from '../../../src/model/resource.ts';
import type { Target } from '../../../src/model/target.ts';
import { ruleNames } from '../../../src/settings/ruleNames.ts';
import { kustomizeTarget } from '../../../src/targets/findTargets.ts';
import { CLUSTER_CASES } from '../../review/policyCases/cluster.ts';
import { OPERATOR_CASES } from '../../review/policyCases/operators.ts';
import { POD_CASES } from '../../review/policyCases/pods.ts';
import { RBAC_CASES } from '../../review/policyCases/rbac.ts';
import { SENTENCES } from './sentences.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const CASES = [...CLUSTER_CASES, ...OPERATOR_CASES, ...POD_CASES, ...RBAC_CASES];

/** What each of the targets below consists of. */
const INPUTS: readonly (readonly ManifestValue[])[] = [
  ...CASES.map(({ bad }) => yamlValues(bad).filter((value) => value !== NOT_YAML)),
  ...SENTENCES.map((manifest) => [manifest]),
];

/** Folders and objects of production and of a place where the environment is not known. */
const TARGETS: readonly Target[] = (['kustomize', 'Application', 'Kustomization'] as const).flatMap((kind) =>
  [null, 'production', 'staging'].map((environment) => ({
    ...kustomizeTarget('apps/shop'),
    id: `${kind} ${environment}`,
    kind,
    environment,
  })),
);

let found: readonly Violation[];

beforeAll(async () => {
  const { policies } = await compilePolicies({
    engine,
    cacheDir: null,
    enable: ruleNames(),
    known: { settings: { maxWorkloads: 2 }, repository: { addresses: [] } },
  });
  const parts: Violation[][] = [];
  for (const manifests of INPUTS) parts.push(...(await judge(policies, manifests)));
  found = parts.flat();
}, 60_000);

/** All that the rules say of the manifests, as each of the targets. */
async function judge(policies: PolicySet, manifests: readonly ManifestValue[]): Promise<Violation[][]> {
  const resources = toResources(manifests);
  const renderings = TARGETS.map((target): RenderedTarget => {
    return { status: 'rendered', target, trace: [], resources };
  });
  const near = nearbyResources(renderings, { declared: new Map() });
  return Promise.all(
    TARGETS.map(async (target) => {
      const { violations, ofTarget, problems } = await policies.evaluate(resources, {
        target,
        near: near(target),
      });
      expect(problems).toEqual([]);
      return [...violations.flat(), ...ofTarget];
    }),
  );
}

describe('each built-in rule', () => {
  test('is among those that find something here', () => {
    expect([...new Set(found.map(({ rule }) => rule))].toSorted()).toEqual(ruleNames());
  });

  test('gives the data of its sentence', () => {
    expect(found.filter(({ about }) => about === undefined)).toEqual([]);
  });

  test('says the same of equal data, and something else of other data', () => {
    for (const rule of ruleNames()) {
      const own = found.filter((violation) => violation.rule === rule);
      const both = new Set(own.map(({ about, message }) => JSON.stringify([about, message])));
      const messages = new Set(own.map(({ message }) => message));
      const abouts = new Set(own.map(({ about }) => JSON.stringify(about)));
      expect({ rule, abouts: abouts.size, messages: messages.size }).toEqual({
        rule,
        abouts: both.size,
        messages: both.size,
      });
    }
  });

  test('gives no sentence as one of the data', () => {
    expect(found.filter(({ about, message }) => Object.values(about ?? {}).includes(message))).toEqual([]);
  });

  test('makes its sentence of nothing but these data', async () => {
    const modules = (await readBuiltInPolicies()).filter(({ path }) => !path.startsWith('policies/lib/'));
    const sentences = modules.flatMap(({ content }) => content.match(/(?<=^\tmsg := ).*/gm) ?? []);
    expect(sentences.length).toBeGreaterThanOrEqual(modules.length);
    for (const sentence of sentences) {
      expect({ sentence, others: namesIn(sentence).filter((name) => !/^about(?:\.|$)/.test(name)) }).toEqual({
        sentence,
        others: [],
      });
    }
  });
});

/** The names in an expression besides those of functions that it calls and of maps that it looks up. */
function namesIn(expression: string): string[] {
  return expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').match(/[\w.]+(?![\w.]*[([])/g) ?? [];
}
