import { afterAll, describe, expect, test } from '@jest/globals';
import { admissionSets } from '../../../src/checks/admission/admissionSet.ts';
import { judgeAdmission } from '../../../src/checks/admission/judgeAdmission.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { RenderedTarget } from '../../../src/model/rendering.ts';
import type { Resource } from '../../../src/model/resource.ts';
import type { Target } from '../../../src/model/target.ts';
import { rendered } from '../../helpers/targets.ts';
import { schemasWith, subject, withUnknownBase } from '../cel/ruled.ts';
import { resourceOf, resourcesOf } from '../schemas/manifests.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const SMALL = 'object.data.size == "small"';

/** A policy for ConfigMaps, and what binds it. */
function policy(expression = SMALL, actions = 'Deny', more = ''): Resource[] {
  return resourcesOf(`apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: sizes }
spec:
  matchConstraints:
    resourceRules:
    - { apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps] }
  validations: [{ expression: '${expression}', message: too large }]
${more}---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: everywhere }
spec: { policyName: sizes, validationActions: [${actions}] }
`);
}

function configMap(size: string): Resource {
  return resourceOf(
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: web }\ndata: { size: ${size} }\n`,
  );
}

const LARGE = subject(configMap('large'));

/** What the policies of these targets say: `severity rule message`, and what they could not tell. */
async function judged(subjects: readonly (typeof LARGE)[], ...renderings: RenderedTarget[]) {
  const schemas = await schemasWith();
  const setOf = admissionSets(renderings);
  const judgements = await judgeAdmission(subjects, {
    engine,
    setsOf: (target: Target) => [setOf(target)],
    schemasOf: () => schemas,
  });
  return judgements.map(({ violations, unchecked }) => [
    ...violations.map(({ severity, rule, message }) => `${severity} ${rule} ${message}`),
    ...unchecked.map(({ policy: name, reason }) => `unchecked ${name}: ${reason}`),
  ]);
}

const IS_LARGE = 'admission/sizes too large (ValidatingAdmissionPolicy sizes, bound by everywhere)';

describe('the ValidatingAdmissionPolicies of a cluster', () => {
  test('refuse what breaks them, each resource for itself', async () => {
    const subjects = [LARGE, subject(configMap('small')), LARGE];
    expect(await judged(subjects, rendered({ id: 'cluster' }, policy()))).toEqual([
      [`error ${IS_LARGE}`],
      [],
      [`error ${IS_LARGE}`],
    ]);
  });

  test.each([
    ['Deny', [`error ${IS_LARGE}`]],
    ['Warn', [`warning ${IS_LARGE}`]],
    ['Audit', []],
    ['Deny, Audit', [`error ${IS_LARGE}`]],
  ])('do as they are bound: %s', async (actions, found) => {
    expect(await judged([LARGE], rendered({ id: 'cluster' }, policy(SMALL, actions)))).toEqual([found]);
  });

  test('say nothing without a binding', async () => {
    expect(await judged([LARGE], rendered({ id: 'cluster' }, policy().slice(0, 1)))).toEqual([[]]);
  });

  test('compare with the base, and leave a gap where it is unknown', async () => {
    const grown = 'oldObject == null || object.data.size == oldObject.data.size';
    const cluster = rendered({ id: 'cluster' }, policy(grown));
    const subjects = [
      subject(configMap('large'), configMap('small')),
      LARGE,
      withUnknownBase(configMap('large')),
    ];
    const [changed, added, unknown] = await judged(subjects, cluster);
    expect(changed).toEqual([`error ${IS_LARGE}`]);
    expect(added).toEqual([]);
    expect(unknown).toEqual([expect.stringMatching(/^unchecked sizes: .*the base cannot be rendered/)]);
  });

  /** What forms of the policy say, each of a target of its own. */
  const ofForms = async (...forms: Resource[][]) => {
    const targets = forms.map((resources, index) => rendered({ id: `target-${index}` }, resources));
    const [said] = await judged([LARGE], ...targets);
    return said;
  };

  test('of which forms differ, and so does what they say, are not guessed at', async () => {
    const gap = ['unchecked sizes: its forms for this cluster differ'];
    expect(await ofForms(policy(), policy('true'))).toEqual(gap);
    expect(await ofForms(policy(SMALL, 'Deny'), policy(SMALL, 'Warn'))).toEqual(gap);
  });

  test('of which all forms say the same are decided', async () => {
    expect(await ofForms(policy('true'), policy('has(object.data)'))).toEqual([]);
    expect(await ofForms(policy(), policy('object.data.size in ["small"]'))).toEqual([`error ${IS_LARGE}`]);
    expect(await ofForms(policy('true', 'Deny'), policy('true', 'Warn'))).toEqual([]);
  });

  test('of another kind are decided in whatever form', async () => {
    const [one = [], other = []] = [policy(), policy('true')].map((resources) =>
      resources.map((resource) =>
        resourceOf(JSON.stringify(resource.manifest).replace('configmaps', 'pods')),
      ),
    );
    expect(await ofForms(one, other)).toEqual([]);
  });

  test('of too many forms are not asked', async () => {
    const forms = Array.from({ length: 17 }, (_, index) => policy(`object.data.size != "${index}"`));
    expect(await ofForms(...forms)).toEqual(['unchecked sizes: it has too many forms for this cluster']);
  });
});

describe('which policies count for a cluster', () => {
  const of = (cluster: string | null, resources = policy()) =>
    rendered({ id: `policies-${cluster}`, cluster }, resources);
  const names = (...[renderings, cluster]: [RenderedTarget[], string | null]) =>
    admissionSets(renderings)(rendered({ cluster }, []).target).policies.map(({ name }) => name);

  test('those of its own, and of targets whose cluster is not known', () => {
    expect(names([of('a')], 'a')).toEqual(['sizes']);
    expect(names([of('a')], 'b')).toEqual([]);
    expect(names([of(null)], 'b')).toEqual(['sizes']);
    expect(names([of('a')], null)).toEqual(['sizes']);
  });

  test('of two forms, the one that is surely of the cluster', () => {
    const set = admissionSets([of(null, policy('true')), of('a')])(rendered({ cluster: 'a' }, []).target);
    expect(set.unsure).toEqual([]);
    expect(JSON.stringify(set.policies[0]?.manifest['spec'])).toContain('small');
  });

  test('sets are alike where only annotations differ, and not where a rule does', () => {
    const text = (resources: Resource[]) =>
      admissionSets([of('a', resources)])(rendered({ cluster: 'a' }, []).target).text;
    const [one, bound] = policy();
    const metadata = { name: 'sizes', annotations: { 'example.com/by': 'ada' } };
    const annotated = one === undefined ? [] : [{ ...one, manifest: { ...one.manifest, metadata } }];
    expect(text([...annotated, ...(bound === undefined ? [] : [bound])])).toBe(text(policy()));
    expect(text(policy('true'))).not.toBe(text(policy()));
  });
});
