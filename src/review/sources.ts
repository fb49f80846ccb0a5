import type { SecretViolation } from '../checks/secrets/committed.ts';
import type { NotValidated, SourceViolation } from '../model/finding.ts';
import type { AddedHistory } from '../model/history.ts';
import type { Redactor } from '../model/redacted.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { RenderEngine } from '../render/withRemotes.ts';
import { duplicateFindings } from './duplicateFindings.ts';
import { onTargets, type SingleFinding } from './findings.ts';
import { judgeHistory } from './historySecrets.ts';
import { type SourceSecrets, unexplainedValues, valuesOnlyRendered } from './renderedSecrets.ts';
import type { BothSides, Sides } from './renderSides.ts';
import { isManifestFile, searchFile } from './searchFile.ts';
import { explainValues } from './secretCauses.ts';
import { compareSecrets, type FoundSecrets } from './secretStatus.ts';

/** What is judged in the source files themselves: plain Secrets, also of commits in between, and duplicate keys. */
export interface SourceContext {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly changedPaths: readonly ChangedPath[];
  readonly history: AddedHistory;
  readonly sides: readonly Sides[];
  /** All that was found and rendered of both commits. */
  readonly found: Pick<BothSides, 'base' | 'head'>;
  readonly engine: Pick<RenderEngine, 'findCauses'>;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
}

export interface SourceOutcome {
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
  /** How many files were read. */
  readonly files: number;
  /** How many files of commits in between were read. */
  readonly commitFiles: number;
  readonly secrets: SourceSecrets;
}

/**
 * Judges every file that the pull request adds or changes, and every one that the render of
 * an affected target read.
 */
export async function judgeSources(context: SourceContext): Promise<SourceOutcome> {
  const traced = tracedPaths(context.sides);
  const changed = context.changedPaths.map(({ path }) => path);
  const paths = [...new Set([...changed, ...traced.keys()])].toSorted();
  const outcomes = await Promise.all(paths.map((path) => judgeFile(path, context)));
  const secrets = await bothSides(context, {
    base: outcomes.flatMap(({ before }) => before.secrets),
    head: outcomes.flatMap(({ after }) => after.secrets),
  });
  const duplicates = duplicateFindings(
    outcomes.flatMap(({ before }) => before.duplicates),
    outcomes.flatMap(({ after }) => after.duplicates),
    { ...context, targetsOf: (path) => traced.get(path) ?? [] },
  );
  const history = await judgeHistory({ ...context, secrets });
  return {
    findings: [...duplicates, ...secretFindings(secrets, traced, context.sides), ...history.findings],
    notValidated: [...outcomes.flatMap(({ after }) => after.notValidated), ...history.notValidated],
    files: paths.filter(isManifestFile).length,
    commitFiles: history.files,
    secrets,
  };
}

/** What was found in files, and what rendering again tells of the values that are left. */
async function bothSides(
  context: SourceContext,
  found: Record<'base' | 'head', readonly FoundSecrets[]>,
): Promise<SourceSecrets> {
  const explained = async (side: 'base' | 'head') => {
    const { renderings, declared } = context.found[side];
    const left = unexplainedValues(
      context.sides.map((one) => one[side]),
      found[side],
    );
    const more = await explainValues(left, { ...context, snapshot: context[side], renderings, declared });
    return { ...more, found: [...found[side], ...more.found] };
  };
  const [base, head] = await Promise.all([explained('base'), explained('head')]);
  return { base, head };
}

function secretFindings(
  { base, head }: SourceSecrets,
  traced: ReadonlyMap<string, readonly string[]>,
  sides: readonly Sides[],
): SingleFinding[] {
  const elsewhere = {
    base: valuesOnlyRendered(
      sides.map((side) => side.base),
      base,
    ),
    head: valuesOnlyRendered(
      sides.map((side) => side.head),
      head,
    ),
  };
  const { statuses, fixed } = compareSecrets(base.found, head.found, elsewhere);
  return [
    ...head.found.flatMap(({ path, violation, targets }, index) =>
      onTargets(withoutValues(violation), statuses[index] ?? 'new', targets ?? traced.get(path) ?? []),
    ),
    ...fixed.flatMap((violation) => onTargets({ ...withoutValues(violation), location: null }, 'fixed', [])),
  ];
}

/** What a value is compared by ends here: it is another one in each run. */
function withoutValues(violation: SecretViolation): SourceViolation {
  const { rule, severity, message, fieldPath, resource, location } = violation;
  return { rule, severity, message, fieldPath, resource, location };
}

/** The affected targets whose render read a path, by path. */
function tracedPaths(sides: readonly Sides[]): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const { affected, head, target } of sides) {
    if (!affected || head === null) continue;
    for (const { path, state } of head.trace) {
      if (state === 'file') targets.set(path, [...(targets.get(path) ?? []), target.id]);
    }
  }
  return targets;
}

async function judgeFile(path: string, { base, head, redactor }: SourceContext) {
  const [before, after] = await Promise.all([
    searchFile(path, base, redactor),
    searchFile(path, head, redactor),
  ]);
  return { before, after };
}
