import type { Target } from '../model/target.ts';
import type { RuleJudges } from './cel/ruleJudges.ts';
import type { ClusterView } from './policies/clusterView.ts';
import type { NearbyResources } from './policies/nearbyView.ts';
import type { PolicySet } from './policies/policySet.ts';
import type { ApiRules } from './schemas/apiRules/apiRules.ts';
import type { SchemaSet } from './schemas/schemaSet.ts';

/** What judges one commit's resources. */
export interface Judges {
  readonly policies: PolicySet;
  /** The schemas of the settings' Kubernetes version, for what belongs to no cluster of another version. */
  readonly schemas: SchemaSet;
  /** Of the version of a target's cluster. */
  readonly schemasOf: (target: Target) => SchemaSet;
  /** The API server's rules on built-in kinds, of the version of a target's cluster. */
  readonly apiRulesOf: (target: Target) => ApiRules;
  /** What the commit applies to a target's cluster. */
  readonly clusterOf: (target: Target) => ClusterView;
  readonly nearTo: (target: Target) => NearbyResources;
  readonly rules: RuleJudges;
}
