import type { Engine } from '../../engine/engine.ts';
import type { Resource } from '../../model/resource.ts';
import { hasRules } from './hasRules.ts';
import { NOTHING, type RuleJudgement } from './judgement.ts';
import { toViolations } from './toViolations.ts';

/**
 * Checks the CEL rules of CustomResourceDefinitions as the API server does before it takes
 * them: that they compile, and that they cannot cost too much.
 * @returns a judgement for each resource, in their order; of other kinds there is nothing to say.
 */
export async function judgeDefinitions(
  resources: readonly Resource[],
  { engine, signal }: { readonly engine: Engine; readonly signal?: AbortSignal | undefined },
): Promise<RuleJudgement[]> {
  const known = new Map<string, Promise<RuleJudgement>>();
  const judge = async (definition: unknown): Promise<RuleJudgement> => {
    const { results } = await engine.checkDefinitions({ definitions: [definition] }, signal);
    const [result = { violations: [], unchecked: [] }] = results;
    return { violations: toViolations(result, 'schema/cel-definition'), unchecked: result.unchecked };
  };
  return Promise.all(
    resources.map(async (resource) => {
      if (!isDefinition(resource) || !hasRules(resource.manifest)) return NOTHING;
      const key = JSON.stringify(resource.manifest['spec']);
      const judged = known.get(key) ?? judge(resource.manifest);
      known.set(key, judged);
      return judged;
    }),
  );
}

function isDefinition({ group, version, kind }: Resource): boolean {
  return group === 'apiextensions.k8s.io' && version === 'v1' && kind === 'CustomResourceDefinition';
}
