import { discover } from '../discovery/discover.ts';
import { watchedSnapshot } from '../git/watchedSnapshot.ts';
import type { Discovery } from '../model/discovery.ts';
import { Redactor } from '../model/redacted.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { Renderer } from '../render/renderer.ts';
import { withRemotes } from '../render/withRemotes.ts';
import { identityOf } from '../review/reviewRepository.ts';
import { readSettings } from '../settings/readSettings.ts';
import type { Workplace } from './open.ts';

/** Finds the targets of one commit of a clone, by the settings of that commit. */
export async function discoverCommit(
  read: Snapshot,
  { repository, engine, openRemotes, onStep }: Workplace,
  redactor: Redactor = new Redactor(),
): Promise<Discovery> {
  onStep({ stage: 'finding and rendering targets' });
  const snapshot = watchedSnapshot(read, onStep);
  const { settings } = await readSettings(snapshot);
  const remote = openRemotes(settings.remotes);
  return discover({
    snapshot,
    settings,
    repository: await identityOf(repository),
    engine,
    redactor,
    renderer: new Renderer({ engine: withRemotes(engine, remote), redactor, onStep }),
    remote,
    onStep,
  });
}
