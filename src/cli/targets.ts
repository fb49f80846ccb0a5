import type { Target } from '../model/target.ts';
import { readSettings } from '../settings/readSettings.ts';
import { findTargets } from '../targets/findTargets.ts';
import { EXIT } from './exit.ts';
import { withWorkplace } from './open.ts';

export interface TargetsOptions {
  readonly repo: string;
  readonly rev: string;
  readonly format: 'text' | 'json';
}

/** `hydrant targets`: lists the targets of a commit. @returns the exit code. */
export async function runTargets(options: TargetsOptions): Promise<number> {
  return withWorkplace(options.repo, async ({ repository }) => {
    const snapshot = await repository.snapshot(await repository.resolve(options.rev));
    const { settings } = await readSettings(snapshot);
    const targets = await findTargets(snapshot, settings);
    process.stdout.write(
      options.format === 'json' ? `${JSON.stringify(targets, null, 2)}\n` : table(targets),
    );
    return EXIT.passed;
  });
}

function table(targets: readonly Target[]): string {
  if (targets.length === 0) return 'No target: no folder has a kustomization that could be applied.\n';
  const rows = [
    ['TARGET', 'KIND', 'ENVIRONMENT'],
    ...targets.map(({ id, kind, environment }) => [id, kind, environment ?? '-']),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
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
