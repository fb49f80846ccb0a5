import { findDuplicateKeys } from '../checks/schemas/duplicateKeys.ts';
import { findSecretsInFile } from '../checks/secrets/findSecretsInFile.ts';
import { compareFindings } from '../compare/findings.ts';
import type { NotValidated, SourceViolation } from '../model/finding.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { SingleFinding } from './findings.ts';
import type { Sides } from './renderSides.ts';

/** What is judged in the source files themselves: plain Secrets and duplicate keys. */
export interface SourceContext {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly changedPaths: readonly ChangedPath[];
  readonly sides: readonly Sides[];
}

export interface SourceOutcome {
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
  /** How many files were read. */
  readonly files: number;
}

/**
 * Judges every YAML and JSON file that the pull request adds or changes, and every one
 * that the render of an affected target read: whatever a rendered Secret holds was
 * committed in one of them.
 */
export async function judgeSources(context: SourceContext): Promise<SourceOutcome> {
  const traced = tracedPaths(context.sides);
  const changed = context.changedPaths.map(({ path }) => path);
  const paths = [...new Set([...changed, ...traced.keys()])].filter(isManifestFile).toSorted();
  const outcomes = await Promise.all(paths.map((path) => judgeFile(path, traced.get(path) ?? [], context)));
  return {
    findings: outcomes.flatMap(({ findings }) => findings),
    notValidated: outcomes.flatMap(({ notValidated }) => notValidated),
    files: paths.length,
  };
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

function isManifestFile(path: string): boolean {
  return /(?:\.(?:ya?ml|json)|(?:^|\/)Kustomization)$/.test(path);
}

async function judgeFile(path: string, targets: readonly string[], context: SourceContext) {
  const [before, after] = await Promise.all([
    violationsOf(path, context.base),
    violationsOf(path, context.head),
  ]);
  const { statuses, fixed } = compareFindings(before.violations, after.violations, fingerprintOf);
  const findings = [
    ...after.violations.flatMap((violation, index) =>
      findingsOf(violation, statuses[index] ?? 'new', targets),
    ),
    ...fixed.flatMap((violation) => findingsOf({ ...violation, location: null }, 'fixed', [])),
  ];
  return { findings, notValidated: after.notValidated };
}

async function violationsOf(path: string, snapshot: Snapshot) {
  const nothing = { violations: [], notValidated: [] };
  if (snapshot.entries.get(path)?.kind !== 'file') return nothing;
  const bytes = await snapshot.read(path);
  const read = async (wanted: string) =>
    snapshot.entries.get(wanted)?.kind === 'file' ? snapshot.read(wanted) : null;
  const secrets = await findSecretsInFile({ path, bytes, read });
  const notValidated: NotValidated[] =
    secrets.unparsable === null
      ? []
      : [
          {
            subject: path,
            reason: `not searched for Secrets: ${secrets.unparsable.reason}`,
            concern: 'secrets',
          },
        ];
  const violations: SourceViolation[] = [...secrets.violations, ...findDuplicateKeys(path, bytes)];
  return { violations, notValidated };
}

/** Lines move; the rule, the resource and the sentence stay. */
function fingerprintOf({ rule, message, resource, fieldPath }: SourceViolation): string {
  return JSON.stringify([rule, message, resource, fieldPath]);
}

function findingsOf(
  violation: Omit<SourceViolation, 'location'> & Pick<SingleFinding, 'location'>,
  status: SingleFinding['status'],
  targets: readonly string[],
): SingleFinding[] {
  const on: readonly (string | null)[] = targets.length === 0 ? [null] : targets;
  return on.map((target) => ({ ...violation, status, target }));
}
