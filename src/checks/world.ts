import type { Discovery } from '../model/discovery.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Settings } from '../model/settings.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { RenderContext } from '../render/renderTarget.ts';
import type { OwnRepository } from '../targets/automationElsewhere.ts';
import type { Judges } from './judges.ts';
import type { PolicyProblem } from './policies/policySet.ts';

/** What checks know besides the targets. */
export interface World {
  readonly base: CommitWorld;
  readonly head: CommitWorld;
  /** The commit that settings and policies are of: the base branch's. */
  readonly settingsCommit: Snapshot;
  readonly settings: Settings;
  readonly own: OwnRepository;
  readonly changedPaths: readonly ChangedPath[];
  /** Policies of the base branch, and their data, that cannot be used. */
  readonly policyProblems: readonly PolicyProblem[];
  /** What the search for plain Secrets found. */
  readonly secrets: Judgement;
}

/** What checks know of one commit. */
export interface CommitWorld {
  readonly snapshot: Snapshot;
  /** All that operators would apply. */
  readonly discovery: Discovery;
  /** Schemas, CEL rules and policies, as they count at this commit. */
  readonly judges: Judges;
  /** Renders it again, to see what follows a change. */
  readonly rendering: RenderContext;
  /** A rendering with all of its resources, also where an earlier review rendered it. */
  readonly whole: (rendering: Rendering) => Promise<Rendering>;
}
