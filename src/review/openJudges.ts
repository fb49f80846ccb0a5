import { clusterViews } from '../checks/policies/clusterView.ts';
import { compilePolicies } from '../checks/policies/compilePolicies.ts';
import { type AroundTargets, nearViews } from '../checks/policies/nearView.ts';
import type { PolicySet } from '../checks/policies/policySet.ts';
import { ApiRules } from '../checks/schemas/apiRules/apiRules.ts';
import { openSchemaCatalogue, type SchemaCatalogue } from '../checks/schemas/catalogue.ts';
import type { Engine } from '../engine/engine.ts';
import type { NotValidated } from '../model/finding.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { capabilitiesOf } from '../targets/clusterOf.ts';
import type { RepositoryIdentity } from '../targets/followContext.ts';
import { type CustomResources, readCustomResources, withCustomResources } from './customResources.ts';
import type { SingleFinding } from './findings.ts';
import type { Judges } from './judge.ts';
import type { RuleJudges } from './judgeRules.ts';
import { ownAddresses } from './ownAddresses.ts';
import { policyProblems } from './policyProblems.ts';
import type { BothSides, Sides } from './renderSides.ts';
import { beforeBase, resourcesBefore } from './resourcesBefore.ts';
import { readUserPolicies } from './userPolicies.ts';

/** The judges of both commits, and the findings on the policies themselves. */
export interface OpenJudges {
  readonly base: Judges;
  readonly head: Judges;
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
}

/**
 * Opens the schemas (with the custom resource definitions that each commit renders) and
 * compiles the policies of the base branch.
 */
export async function openJudges(context: {
  readonly inForce: Snapshot;
  readonly head: Snapshot;
  readonly settings: Settings;
  readonly sides: readonly Sides[];
  readonly engine: Engine;
  readonly repository: RepositoryIdentity;
  readonly discovered: Pick<BothSides, 'base' | 'head'>;
  readonly signal?: AbortSignal | undefined;
}): Promise<OpenJudges> {
  const { settings, sides, engine, discovered } = context;
  const known = {
    settings: { maxWorkloads: settings.policies.maxWorkloads },
    repository: { addresses: ownAddresses({ ...context, discovered: discovered.head }) },
  };
  const users = await readUserPolicies(context.inForce, settings);
  const [catalogues, { policies, problems }] = await Promise.all([
    openCatalogues(sides, settings),
    compilePolicies({ engine, ...settings.policies, ...users, known }),
  ]);
  const judgesOf = async (
    side: 'base' | 'head',
    around: AroundTargets,
    before: RuleJudges['before'],
  ): Promise<Judges> => {
    const renderings = sides.map((both) => both[side]);
    const { definitionFiles } = discovered[side];
    const kinds = await readCustomResources({ ...context, renderings, definitionFiles });
    const ofVersion = schemasOf(catalogues, kinds);
    const schemas = (target: Target) => ofVersion(versionOf(target, settings));
    const there = renderings.filter((rendering) => rendering !== null);
    return {
      schemasOf: schemas,
      schemas: ofVersion(settings.kubernetesVersion),
      apiRulesOf: (target) => new ApiRules(engine, versionOf(target, settings)),
      policies: policies satisfies PolicySet,
      clusterOf: clusterViews(there),
      nearTo: nearViews(there, around),
      rules: { engine, signal: context.signal, schemasOf: schemas, before },
    };
  };
  const aroundBase = {
    declared: new Map([...discovered.head.declared, ...discovered.base.declared]),
    unknown: notRenderedAtHead(sides),
  };
  return {
    base: await judgesOf('base', aroundBase, beforeBase),
    head: await judgesOf('head', { declared: discovered.head.declared }, resourcesBefore(sides)),
    ...policyProblems([...users.problems, ...problems], context),
  };
}

/** What is missing at the base only because nobody knows the head is not mended there. */
function notRenderedAtHead(sides: readonly Sides[]): Target[] {
  return sides.filter(({ head }) => head?.status === 'failed').map(({ target }) => target);
}

type Catalogues = ReadonlyMap<string, SchemaCatalogue>;

/** The schemas of every Kubernetes version that a target's cluster has, by version. */
async function openCatalogues(sides: readonly Sides[], settings: Settings): Promise<Catalogues> {
  const ofTargets = sides.map(({ target }) => versionOf(target, settings));
  const versions = new Set([settings.kubernetesVersion, ...ofTargets]);
  return new Map(
    await Promise.all(
      [...versions].map(
        async (version) => [version, await openSchemaCatalogue({ kubernetesVersion: version })] as const,
      ),
    ),
  );
}

/** Each catalogue takes up a commit's custom resources once, for all of its targets. */
function schemasOf(catalogues: Catalogues, found: CustomResources): (version: string) => SchemaCatalogue {
  const extended = new Map(
    [...catalogues].map(([version, catalogue]) => [version, withCustomResources(catalogue, found)]),
  );
  return (version) => {
    const catalogue = extended.get(version);
    if (catalogue === undefined) throw new Error(`no schemas were opened for Kubernetes ${version}`);
    return catalogue;
  };
}

function versionOf({ cluster }: Target, settings: Settings): string {
  return capabilitiesOf(cluster, settings).kubeVersion;
}
