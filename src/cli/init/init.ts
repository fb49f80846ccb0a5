import { lstat, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findWorktree } from '../../git/worktree.ts';
import { Redactor } from '../../model/redacted.ts';
import type { OnStep } from '../../model/step.ts';
import { oneName } from '../../report/visible.ts';
import { count } from '../../report/words.ts';
import { hiderOfCommit } from '../../secrets/hiding/hiderOfCommit.ts';
import { complain } from '../complain.ts';
import { discoverCommit } from '../discoverCommit.ts';
import { EXIT } from '../exit.ts';
import { withWorkplace } from '../open.ts';
import type { FetchOptions } from '../remotes.ts';
import { type Found, foundIn } from './found.ts';
import { settingsText } from './settingsText.ts';

export interface InitOptions extends FetchOptions {
  readonly repo: string;
  /** True: settings that are there are overwritten. */
  readonly force?: boolean;
}

const FILE = '.hydrant.yaml';

/**
 * `hydrant init`: writes settings for a clone, made of what is found in the commit that is checked out.
 * @returns the exit code: 2 where there are settings already.
 */
export async function runInit(options: InitOptions, onStep: OnStep): Promise<number> {
  const worktree = await findWorktree(options.repo);
  if (worktree === null) {
    complain(`${options.repo} has no files checked out to write ${FILE} beside`, 'init');
    return EXIT.couldNotRun;
  }
  const there = await firstThere(worktree.root, [FILE, '.hydrant.yml']);
  if (there !== null && options.force !== true) {
    complain(`${there} is there already; --force writes ${FILE} anew`, 'init');
    return EXIT.couldNotRun;
  }
  const found = await look(options, onStep);
  const file = path.join(worktree.root, FILE);
  // A link would lead elsewhere.
  if (options.force === true) await rm(file, { force: true });
  await writeFile(file, settingsText(found), { flag: 'wx' });
  process.stdout.write(summary(found));
  return EXIT.passed;
}

async function firstThere(root: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const isThere = await lstat(path.join(root, name)).then(
      () => true,
      () => false,
    );
    if (isThere) return name;
  }
  return null;
}

function look(options: InitOptions, onStep: OnStep): Promise<Found> {
  return withWorkplace({ ...options, onStep }, async (workplace) => {
    const { repository } = workplace;
    const snapshot = await repository.snapshot(await repository.resolve('HEAD'));
    const redactor = new Redactor();
    const { renderings } = await discoverCommit(snapshot, workplace, redactor);
    const hider = await hiderOfCommit(snapshot, { redactor, renderings, read: new Set() });
    const targets = renderings.map(({ target: { kind, cluster, environment } }) => ({
      kind,
      cluster,
      environment,
    }));
    return foundIn(hider.hideAll(targets), snapshot.entries.keys());
  });
}

function summary({ kinds, clusters, hasPolicies }: Found): string {
  const targets = kinds.reduce((sum, { number }) => sum + number, 0);
  const lines = [
    `found ${count(targets, 'target')}${targets === 0 ? '' : `: ${kinds.map(({ kind, number }) => `${number} ${kind}`).join(', ')}`}`,
    ...clusters.map(
      ({ name, environment }) =>
        `found the cluster ${oneName(name)}${environment === null ? '' : ` (${oneName(environment)})`}`,
    ),
    ...(hasPolicies ? ['found policies in policies/'] : []),
    `wrote ${FILE}; set kubernetesVersion to that of your clusters, and commit it to the base branch`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
