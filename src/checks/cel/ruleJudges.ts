import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';
import type { CustomResourceContext } from './customResourceRules.ts';
import type { Before } from './subject.ts';

/** What CEL rules are asked with, besides the resources. */
export interface RuleJudges extends CustomResourceContext {
  /** What a resource of a target was at the base. */
  readonly before: (target: Target, resource: Resource) => Before;
}
