import type { NotValidated } from '../model/finding.ts';
import { Redactor } from '../model/redacted.ts';
import { isLeftOut, type Rendering } from '../model/rendering.ts';
import type { OnStep } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { oneLine, oneName, visibleJson } from '../report/visible.ts';
import { NO_TARGETS } from '../report/words.ts';
import { hiderOfCommit } from '../secrets/hiding/hiderOfCommit.ts';
import { discoverCommit } from './discoverCommit.ts';
import { EXIT } from './exit.ts';
import { withWorkplace } from './open.ts';
import type { FetchOptions } from './remotes.ts';

export interface TargetsOptions extends FetchOptions {
  readonly repo: string;
  readonly rev: string;
  readonly format: 'text' | 'json';
}

/** `hydrant targets`: lists the targets of a commit. @returns the exit code. */
export async function runTargets(options: TargetsOptions, onStep: OnStep): Promise<number> {
  return withWorkplace({ ...options, onStep }, async (workplace) => {
    const snapshot = await workplace.repository.snapshot(await workplace.repository.resolve(options.rev));
    const redactor = new Redactor();
    const { renderings, notValidated } = await discoverCommit(snapshot, workplace, redactor);
    const hider = await hiderOfCommit(snapshot, { redactor, renderings, read: new Set() });
    const listed = hider.hideAll(renderings.map(listedTarget));
    process.stdout.write(options.format === 'json' ? `${visibleJson(listed, 2)}\n` : table(listed));
    const reasons = options.format === 'json' ? [] : listed.flatMap(ofListed);
    // What is no target stands beside the JSON, whose items are targets.
    const lines = [...reasons, ...hider.hideAll(notValidated).map(lineOf)];
    const out = options.format === 'json' ? process.stderr : process.stdout;
    if (lines.length > 0) out.write(`\nNot followed, or not wholly:\n${[...new Set(lines)].join('')}`);
    return EXIT.passed;
  });
}

/** A target as it is listed, with why it is not rendered; null where it is, or where its files are wrong. */
interface ListedTarget extends Omit<Target, 'source'> {
  readonly notFollowed: string | null;
}

function listedTarget(rendering: Rendering): ListedTarget {
  const { id, kind, path, cluster, environment } = rendering.target;
  const isFollowed = rendering.status === 'rendered' || !isLeftOut(rendering);
  return { id, kind, path, cluster, environment, notFollowed: isFollowed ? null : rendering.problem.message };
}

function ofListed({ id, notFollowed }: ListedTarget): string[] {
  return notFollowed === null ? [] : [lineOf({ subject: id, reason: notFollowed })];
}

/** What is not followed, and why, as a line. */
function lineOf({ subject, reason }: Pick<NotValidated, 'subject' | 'reason'>): string {
  return `  ${oneName(subject)}: ${oneLine(reason)}\n`;
}

function table(targets: readonly ListedTarget[]): string {
  if (targets.length === 0) return `No target: ${NO_TARGETS}\n`;
  const rows = [
    ['TARGET', 'KIND', 'CLUSTER', 'ENVIRONMENT', 'PATH'],
    ...targets.map(({ id, kind, cluster, environment, path }) => [
      id,
      kind,
      cluster ?? '-',
      environment ?? '-',
      path,
    ]),
  ].map((cells) => cells.map((cell) => oneName(cell)));
  const widths =
    rows[0]?.map((_, column) =>
      rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
    ) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
