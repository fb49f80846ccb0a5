import type { Redactor } from '../../model/redacted.ts';
import type { Rendering } from '../../model/rendering.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { secretsIn } from '../findSecretsInResource.ts';
import { Hider } from './hider.ts';
import { Names } from './names.ts';
import { secretsInFiles } from './secretsInFiles.ts';

/**
 * What hides the secrets of one commit: the values of all Secrets that it renders, and what is
 * found in the files that some of the targets read.
 */
export async function hiderOfCommit(
  snapshot: Snapshot,
  {
    redactor,
    renderings,
    read,
  }: {
    readonly redactor: Redactor;
    readonly renderings: readonly Rendering[];
    /** Ids of the targets whose files are searched. */
    readonly read: ReadonlySet<string>;
  },
): Promise<Hider> {
  const files = renderings
    .filter(({ target }) => read.has(target.id))
    .flatMap(({ trace }) => trace.filter(({ state }) => state === 'file').map(({ path }) => path));
  const found = await secretsInFiles(files, { files: snapshot, redactor });
  const names = new Names(renderings, new Set(renderings.map(({ target }) => target.id)));
  return new Hider(redactor.contentsOf([...renderings.flatMap(secretsIn), ...found]), (text) =>
    names.has(text),
  );
}
