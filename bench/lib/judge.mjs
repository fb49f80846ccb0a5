// Judges the resources of a file by one check of Hydrant's, in a process of its own.
//   node judge.mjs schemas|policies FILE COUNT KUBERNETES POLICY
import { readFileSync } from 'node:fs';
import { yamlValues } from '../../dist/src/dialects/yamlValues.js';
import { toResources } from '../../dist/src/model/resource.js';

const [what, file, count, kubernetesVersion, policy] = process.argv.slice(2);
const resources = toResources(yamlValues(readFileSync(file, 'utf8'), '1.1'));
if (resources.length !== Number(count))
  throw new Error(`${resources.length} of ${count} resources were read`);
const violations = what === 'schemas' ? await bySchema() : await byPolicy();
if (violations > 0) throw new Error(`${violations} violations`);

async function bySchema() {
  const { openSchemaSet } = await import('../../dist/src/checks/schemas/schemaSet.js');
  const schemas = await openSchemaSet({ kubernetesVersion });
  return resources.map((resource) => schemas.check(resource)).filter(isBad).length;
}

function isBad(result) {
  return result.status === 'no-schema' || result.violations.length > 0;
}

async function byPolicy() {
  const { EnginePool } = await import('../../dist/src/engine/pool.js');
  const { compilePolicies } = await import('../../dist/src/checks/policies/compilePolicies.js');
  const { ruleNames } = await import('../../dist/src/settings/ruleNames.js');
  const { kustomizeTarget } = await import('../../dist/src/targets/findTargets.js');
  const engine = new EnginePool({ size: 1 });
  try {
    const { policies, problems } = await compilePolicies({
      engine,
      cacheDir: null,
      disable: ruleNames(),
      userModules: [{ path: 'policy.rego', content: readFileSync(policy, 'utf8') }],
      userData: {},
      combine: [],
    });
    if (problems.length > 0) throw new Error(problems[0].message);
    const said = await policies.evaluate(resources, { target: kustomizeTarget('.') });
    if (said.problems.length > 0) throw new Error(JSON.stringify(said.problems[0]));
    return said.violations.flat().length;
  } finally {
    await engine.close();
  }
}
