import type { Engine } from '../engine/engine.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { capabilitiesOf } from '../targets/clusterOf.ts';
import { beforeBase, resourcesBefore } from './cel/resourcesBefore.ts';
import type { RuleJudges } from './cel/ruleJudges.ts';
import type { Judges } from './judges.ts';
import { clusterViews } from './policies/clusterView.ts';
import { compilePolicies } from './policies/compilePolicies.ts';
import { type AroundTargets, nearbyResources } from './policies/nearbyResources.ts';
import type { PolicyProblem, PolicySet } from './policies/policySet.ts';
import { readUserPolicies } from './policies/userPolicies.ts';
import { ApiRules } from './schemas/apiRules/apiRules.ts';
import {
  type CustomDefinitions,
  readCustomDefinitions,
  withCustomDefinitions,
} from './schemas/customDefinitions.ts';
import { openSchemaSet, type SchemaSet } from './schemas/schemaSet.ts';

/** The judges of both commits, and what is wrong with the policies themselves. */
export interface OpenJudges {
  readonly base: Judges;
  readonly head: Judges;
  readonly policyProblems: readonly PolicyProblem[];
}

/** All that operators would apply at the two commits. */
interface OfBothCommits extends Readonly<Record<'base' | 'head', Discovery>> {
  readonly compared: readonly ComparedTarget[];
}

/** What judges are opened with. */
export interface OpenJudgesContext {
  readonly settingsCommit: Snapshot;
  readonly settings: Settings;
  readonly both: OfBothCommits;
  /** Host and path of the addresses of the repository under review. */
  readonly addresses: readonly string[];
  readonly engine: Engine;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the schemas (with the custom resource definitions that each commit renders) and
 * compiles the policies of the base branch.
 * @throws when aborted, or when the engine cannot be started.
 */
export async function openJudges(context: OpenJudgesContext): Promise<OpenJudges> {
  const { settings, engine, both } = context;
  const { compared, base, head } = both;
  const known = {
    settings: { maxWorkloads: settings.policies.maxWorkloads },
    repository: { addresses: context.addresses },
  };
  const users = await readUserPolicies(context.settingsCommit, settings);
  const [schemaSets, { policies, problems }] = await Promise.all([
    openSchemaSets(compared, settings),
    compilePolicies({ engine, ...settings.policies, ...users, known }),
  ]);
  const opened = { ...context, schemaSets, policies };
  const aroundBase = {
    declared: new Map([...head.declared, ...base.declared]),
    unknown: notRenderedAtHead(compared),
  };
  return {
    base: await judgesOf('base', opened, { around: aroundBase, before: beforeBase }),
    head: await judgesOf('head', opened, {
      around: { declared: head.declared },
      before: resourcesBefore(compared),
    }),
    policyProblems: [...users.problems, ...problems],
  };
}

interface Opened extends OpenJudgesContext {
  readonly schemaSets: SchemaSets;
  readonly policies: PolicySet;
}

async function judgesOf(
  side: 'base' | 'head',
  { settings, both, engine, signal, settingsCommit, schemaSets, policies }: Opened,
  { around, before }: { readonly around: AroundTargets; readonly before: RuleJudges['before'] },
): Promise<Judges> {
  const renderings = both.compared.map((one) => one[side]).filter((rendering) => rendering !== null);
  const { definitionFiles } = both[side];
  const kinds = await readCustomDefinitions({ renderings, definitionFiles, settingsCommit, settings });
  const ofVersion = schemasOf(schemaSets, kinds);
  const schemas = (target: Target) => ofVersion(versionOf(target, settings));
  return {
    schemasOf: schemas,
    schemas: ofVersion(settings.kubernetesVersion),
    apiRulesOf: (target) => new ApiRules(engine, versionOf(target, settings)),
    policies,
    clusterOf: clusterViews(renderings),
    nearTo: nearbyResources(renderings, around),
    rules: { engine, signal, schemasOf: schemas, before },
  };
}

/** The targets that do not render at the head: policies must not call what refers to them mended. */
function notRenderedAtHead(compared: readonly ComparedTarget[]): Target[] {
  return compared.filter(({ head }) => head?.status === 'failed').map(({ target }) => target);
}

type SchemaSets = ReadonlyMap<string, SchemaSet>;

/** The schemas of every Kubernetes version that a target's cluster has, by version. */
async function openSchemaSets(compared: readonly ComparedTarget[], settings: Settings): Promise<SchemaSets> {
  const ofTargets = compared.map(({ target }) => versionOf(target, settings));
  const versions = new Set([settings.kubernetesVersion, ...ofTargets]);
  return new Map(
    await Promise.all(
      [...versions].map(
        async (version) => [version, await openSchemaSet({ kubernetesVersion: version })] as const,
      ),
    ),
  );
}

/** Each set takes up the definitions of custom resources of a commit once, for all of its targets. */
function schemasOf(schemaSets: SchemaSets, found: CustomDefinitions): (version: string) => SchemaSet {
  const extended = new Map(
    [...schemaSets].map(([version, schemas]) => [version, withCustomDefinitions(schemas, found)]),
  );
  return (version) => {
    const schemas = extended.get(version);
    if (schemas === undefined) throw new Error(`no schemas were opened for Kubernetes ${version}`);
    return schemas;
  };
}

function versionOf({ cluster }: Target, settings: Settings): string {
  return capabilitiesOf(cluster, settings).kubeVersion;
}
