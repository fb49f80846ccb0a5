import type { Target } from '../model/target.ts';
import { discoverCommit } from './discoverCommit.ts';
import { EXIT } from './exit.ts';
import { withWorkplace } from './open.ts';

export interface TargetsOptions {
  readonly repo: string;
  readonly rev: string;
  readonly format: 'text' | 'json';
}

/** Why a commit has no target. */
export const NO_TARGETS = 'no folder has a kustomization or chart, and no file an object of Argo CD or Flux.';

/** `hydrant targets`: lists the targets of a commit. @returns the exit code. */
export async function runTargets(options: TargetsOptions): Promise<number> {
  return withWorkplace(options.repo, async (workplace) => {
    const snapshot = await workplace.repository.snapshot(await workplace.repository.resolve(options.rev));
    const { renderings } = await discoverCommit(snapshot, workplace);
    const targets = renderings.map(({ target }) => target);
    process.stdout.write(options.format === 'json' ? json(targets) : table(targets));
    return EXIT.passed;
  });
}

function json(targets: readonly Target[]): string {
  const listed = targets.map(({ id, kind, path, cluster, environment }) => ({
    id,
    kind,
    path,
    cluster,
    environment,
  }));
  return `${JSON.stringify(listed, null, 2)}\n`;
}

function table(targets: readonly Target[]): string {
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
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
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
