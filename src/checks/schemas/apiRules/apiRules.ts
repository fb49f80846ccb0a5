import type { Engine } from '../../../engine/engine.ts';
import type { ObjectValidation } from '../../../engine/protocol/validation.ts';
import type { Violation } from '../../../model/finding.ts';
import type { Resource } from '../../../model/resource.ts';
import { decrypted } from '../decrypted.ts';
import { withoutHidden } from '../withoutHidden.ts';
import { apiViolations } from './apiViolations.ts';
import { askOnce } from './askOnce.ts';
import { isTold } from './isTold.ts';

/** A resource with what its schema has found. */
export interface SchemaJudged {
  readonly resource: Resource;
  readonly violations: readonly Violation[];
}

/** What the rules find in one resource, or why they could not be applied. */
export type ApiJudgement = { readonly violations: readonly Violation[] } | { readonly failure: string };

/**
 * The API server's own validation of built-in kinds, for one Kubernetes minor version: what
 * a schema cannot say, such as that a selector matches its template. The engine runs it.
 */
export class ApiRules {
  readonly #engine: Engine;
  readonly #version: string;

  constructor(engine: Engine, kubernetesVersion: string) {
    this.#engine = engine;
    this.#version = kubernetesVersion;
  }

  /**
   * What the API server would refuse or warn of in each resource, without what its schema has
   * told already.
   * @throws when the engine cannot be started.
   */
  async check(judged: readonly SchemaJudged[]): Promise<ApiJudgement[]> {
    const objects = judged.map(({ resource }) => withoutHidden(decrypted(resource.manifest)));
    const answers = await askOnce(this.#engine, this.#version, objects);
    return judged.map((one, index) => judgement(one, answers[index]));
  }
}

function judgement(
  { resource, violations }: SchemaJudged,
  answer: ObjectValidation | undefined,
): ApiJudgement {
  if (answer === undefined) return { violations: [] };
  if (!answer.checked) {
    return answer.problem === undefined ? { violations: [] } : { failure: answer.problem };
  }
  const found = apiViolations(resource, answer, violations.length > 0);
  return {
    violations: found
      .filter(({ at }) => !isTold(at, resource.manifest, violations))
      .map(({ violation }) => violation),
  };
}
