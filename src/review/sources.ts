import { findDuplicateKeys } from '../checks/schemas/duplicateKeys.ts';
import type { SecretViolation } from '../checks/secrets/committed.ts';
import { findSecretsInFile } from '../checks/secrets/findSecretsInFile.ts';
import { compareFindings } from '../compare/findings.ts';
import type { NotValidated, SourceViolation } from '../model/finding.ts';
import { followLinks } from '../model/followLinks.ts';
import type { Redactor } from '../model/redacted.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { SingleFinding } from './findings.ts';
import { type SourceSecrets, valuesOnlyRendered } from './renderedSecrets.ts';
import type { Sides } from './renderSides.ts';
import { compareSecrets, type FoundSecrets } from './secretStatus.ts';

/** What is judged in the source files themselves: plain Secrets and duplicate keys. */
export interface SourceContext {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly changedPaths: readonly ChangedPath[];
  readonly sides: readonly Sides[];
  readonly redactor: Redactor;
}

export interface SourceOutcome {
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
  /** How many files were read. */
  readonly files: number;
  readonly secrets: SourceSecrets;
}

/**
 * Judges every YAML and JSON file that the pull request adds or changes, and every one
 * that the render of an affected target read.
 */
export async function judgeSources(context: SourceContext): Promise<SourceOutcome> {
  const traced = tracedPaths(context.sides);
  const changed = context.changedPaths.map(({ path }) => path);
  const paths = [...new Set([...changed, ...traced.keys()])].filter(isManifestFile).toSorted();
  const outcomes = await Promise.all(paths.map((path) => judgeFile(path, traced.get(path) ?? [], context)));
  const secrets = {
    base: outcomes.flatMap(({ secretsBefore }) => secretsBefore),
    head: outcomes.flatMap(({ secretsAfter }) => secretsAfter),
  };
  return {
    findings: [
      ...outcomes.flatMap(({ findings }) => findings),
      ...secretFindings(secrets, traced, context.sides),
    ],
    notValidated: outcomes.flatMap(({ notValidated }) => notValidated),
    files: paths.length,
    secrets,
  };
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
  const { statuses, fixed } = compareSecrets(base, head, elsewhere);
  return [
    ...head.flatMap(({ path, violation }, index) =>
      findingsOf(withoutValues(violation), statuses[index] ?? 'new', traced.get(path) ?? []),
    ),
    ...fixed.flatMap((violation) => findingsOf({ ...withoutValues(violation), location: null }, 'fixed', [])),
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

function isManifestFile(path: string): boolean {
  return /(?:\.(?:ya?ml|json)|(?:^|\/)Kustomization)$/.test(path);
}

async function judgeFile(path: string, targets: readonly string[], context: SourceContext) {
  const [before, after] = await Promise.all([
    searchFile(path, context.base, context.redactor),
    searchFile(path, context.head, context.redactor),
  ]);
  const { statuses, fixed } = compareFindings(before.duplicates, after.duplicates, fingerprintOf);
  const findings = [
    ...after.duplicates.flatMap((violation, index) =>
      findingsOf(violation, statuses[index] ?? 'new', targets),
    ),
    ...fixed.flatMap((violation) => findingsOf({ ...violation, location: null }, 'fixed', [])),
  ];
  const { notValidated } = after;
  return { findings, notValidated, secretsBefore: before.secrets, secretsAfter: after.secrets };
}

async function searchFile(path: string, snapshot: Snapshot, redactor: Redactor) {
  const secrets: FoundSecrets[] = [];
  const duplicates: SourceViolation[] = [];
  const notValidated: NotValidated[] = [];
  if (snapshot.entries.get(path)?.kind !== 'file') return { secrets, duplicates, notValidated };
  const bytes = await snapshot.read(path);
  const read = async (wanted: string) => {
    const file = await followLinks(snapshot, wanted);
    return file === null ? null : snapshot.read(file);
  };
  const { violations, unparsable } = await findSecretsInFile({ path, bytes, read, redactor });
  secrets.push(...violations.map((violation) => ({ path, violation })));
  duplicates.push(...findDuplicateKeys(path, bytes));
  if (unparsable !== null) {
    const reason = `not searched for Secrets: ${unparsable.reason}`;
    notValidated.push({ subject: path, reason, concern: 'secrets' });
  }
  return { secrets, duplicates, notValidated };
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
