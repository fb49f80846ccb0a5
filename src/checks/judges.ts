import type { Target } from '../model/target.ts';
import type { RuleJudges } from './cel/ruleJudges.ts';
import type { ClusterView } from './policies/clusterView.ts';
import type { NearbyResources } from './policies/nearbyResources.ts';
import type { PolicySet } from './policies/policySet.ts';
import type { ApiRules } from './schemas/apiRules/apiRules.ts';
import type { SchemaCatalogue } from './schemas/catalogue.ts';

/** What judges one commit's resources. */
export interface Judges {
  readonly policies: PolicySet;
  /** Of the version that is meant where no cluster says another. */
  readonly schemas: SchemaCatalogue;
  /** Of the version of a target's cluster. */
  readonly schemasOf: (target: Target) => SchemaCatalogue;
  /** The rules of the API server on built-in kinds, likewise. */
  readonly apiRulesOf: (target: Target) => ApiRules;
  /** What the commit applies to a target's cluster. */
  readonly clusterOf: (target: Target) => ClusterView;
  readonly nearTo: (target: Target) => NearbyResources;
  readonly rules: RuleJudges;
}
