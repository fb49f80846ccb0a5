import { dataUsed } from '../checks/policies/dataUsed.ts';
import { keptPart } from '../checks/policies/keptPart.ts';
import { readUserPolicies } from '../checks/policies/userPolicies.ts';
import type { Facts } from '../model/facts.ts';
import type { Redactor } from '../model/redacted.ts';
import type { RemoteInputs } from '../model/remoteInputs.ts';
import type { Resource } from '../model/resource.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { askInput } from '../render/askInput.ts';
import { type AskAgain, KeptRenderings } from '../render/kept/keptRenderings.ts';
import { credentialsIn } from '../secrets/detectors.ts';
import type { Hider } from '../secrets/hiding/hider.ts';
import { keptIfHarmless } from '../secrets/keptIfHarmless.ts';
import { KeptObjects } from '../targets/keptObjects.ts';

/** The commits of a review, and what earlier reviews kept; nothing by default. */
interface Reviewed {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly settingsCommit: Snapshot;
  readonly kept?: Facts | undefined;
}

interface KeptContext {
  readonly settings: Settings;
  readonly redactor: Redactor;
  readonly remote: RemoteInputs;
}

/** What earlier reviews rendered. Of no use where a policy looks at all that a cluster has. */
export async function keptRenderings(
  { base, head, settingsCommit, kept }: Reviewed,
  { settings, redactor, remote }: KeptContext,
): Promise<KeptRenderings | null> {
  if (kept === undefined) return null;
  const { userModules } = await readUserPolicies(settingsCommit, settings);
  if (dataUsed(userModules).cluster) return null;
  const partOf = (resource: Resource) => keptIfHarmless(keptPart(resource), redactor);
  const askAgain: AskAgain = async (asked) => {
    const found = await askInput(asked, remote);
    return 'refused' in found ? { refused: found.refused } : { id: found.id };
  };
  return new KeptRenderings(kept, { commits: [base, head], partOf, askAgain });
}

/** What earlier reviews read in plain files. */
export function keptObjects({ kept }: Pick<Reviewed, 'kept'>, redactor: Redactor): KeptObjects | undefined {
  if (kept === undefined) return undefined;
  return new KeptObjects(kept, async (resource) => (await keptIfHarmless(resource, redactor)) !== null);
}

/** Facts that no credential stands in, as was found out when they were made. */
const SEARCHED = /^(?:rendering|documents) /;

/** What a detector knows by itself, without a name beside it, is longer. */
const SHORTEST_SEARCHED = 16;

/** Whether a fact may be kept: nothing of a Secret of this review stands in it, and no credential. */
export async function holdsNoSecret(
  { key, text }: { readonly key: string; readonly text: string },
  hider: Hider,
): Promise<boolean> {
  if (hider.partsIn(key).length > 0 || hider.partsIn(text).length > 0) return false;
  return text.length < SHORTEST_SEARCHED || SEARCHED.test(key) || (await credentialsIn(text)).length === 0;
}
