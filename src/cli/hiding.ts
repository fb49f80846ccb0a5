import { Redactor } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Files, Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { renderTarget } from '../render/renderTarget.ts';
import { withRemotes } from '../render/withRemotes.ts';
import { credentialsIn } from '../secrets/detectors.ts';
import { Hider, merged, withoutParts } from '../secrets/hiding/hider.ts';
import { hiderOfCommit } from '../secrets/hiding/hiderOfCommit.ts';
import { secretsInFiles } from '../secrets/hiding/secretsInFiles.ts';
import { readSettings } from '../settings/readSettings.ts';
import { discoverCommit } from './discoverCommit.ts';
import type { Workplace } from './open.ts';

/** What is printed of a text. */
export type Shown = (text: string) => Promise<string>;

export const asItIs: Shown = async (text) => text;

/** A commit of a clone, and what knows the secrets in it. */
export interface HiddenCommit {
  readonly snapshot: Snapshot;
  readonly workplace: Workplace;
  readonly redactor: Redactor;
}

/**
 * Hides credentials, and copies of what is known to be a secret: by the targets that are printed
 * and, where these could hold values that others put into a Secret, by all of the commit.
 * @param commit.renderings all of the commit, where they are known already.
 */
export async function hiding(
  targets: readonly Target[],
  { renderings, ...commit }: HiddenCommit & { readonly renderings: readonly Rendering[] | null },
): Promise<Shown> {
  const { snapshot, redactor } = commit;
  const hider = await hiderOfCommit(snapshot, {
    redactor,
    renderings: renderings ?? (await renderedFor(targets, commit)),
    read: new Set(targets.map(({ id }) => id)),
  });
  return hidingBy(hider);
}

/** Hides credentials, and copies of what is secret in some files. */
export async function hidingOfFiles(paths: readonly string[], files: Files): Promise<Shown> {
  const redactor = new Redactor();
  const found = await secretsInFiles(paths, { files, redactor });
  return hidingBy(new Hider(redactor.contentsOf(found), () => false));
}

function hidingBy(hider: Hider): Shown {
  return async (text) => withoutParts(text, merged([...(await credentialsIn(text)), ...hider.partsIn(text)]));
}

async function renderedFor(
  targets: readonly Target[],
  { snapshot, workplace, redactor }: HiddenCommit,
): Promise<Rendering[]> {
  const { settings } = await readSettings(snapshot);
  const engine = withRemotes(workplace.engine, workplace.openRemotes(settings.remotes));
  const own = await Promise.all(
    targets.map((target) => renderTarget(target, { engine, snapshot, redactor })),
  );
  if (!own.some(mayConcernOthers)) return own;
  const { renderings } = await discoverCommit(snapshot, workplace, redactor);
  return [...own, ...renderings];
}

/** An error may quote what others know to be secret. Objects of operators have values of charts and patches, and ConfigMaps what they take such values from. */
function mayConcernOthers(rendering: Rendering): boolean {
  return (
    rendering.status === 'failed' ||
    rendering.resources.some(
      ({ kind, group }) => kind === 'ConfigMap' || /(?:^|\.)(?:argoproj\.io|fluxcd\.io)$/.test(group),
    )
  );
}
