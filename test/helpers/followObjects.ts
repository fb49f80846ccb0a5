import type { Followed } from '../../src/model/followed.ts';
import type { FoundObject } from '../../src/model/foundObject.ts';
import { Redactor } from '../../src/model/redacted.ts';
import { noRemotes, type RemoteInputs } from '../../src/model/remoteInputs.ts';
import type { Settings } from '../../src/model/settings.ts';
import { DEFAULT_SETTINGS } from '../../src/settings/defaults.ts';
import type { FollowContext } from '../../src/targets/followContext.ts';
import type { Operator } from '../../src/targets/operator.ts';
import { readPlainObjects } from '../../src/targets/plainObjects.ts';
import { REPOSITORY } from './operators.ts';

/** What a test changes of how objects are followed. */
export interface FollowOptions {
  readonly settings?: Partial<Settings>;
  readonly branch?: string | null;
  /** Addresses of the repository under review. */
  readonly urls?: readonly string[];
  readonly remote?: RemoteInputs;
  /** Objects besides those of the files. */
  readonly objects?: readonly FoundObject[];
  /** What was made of others at the base. */
  readonly madeBefore?: readonly FoundObject[];
}

/** Follows one operator's objects in the plain files of a commit. */
export async function followObjects(
  operator: Operator,
  { snapshot, engine }: Pick<FollowContext, 'snapshot' | 'engine'>,
  options: FollowOptions = {},
): Promise<Followed> {
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const { objects: plain } = await readPlainObjects(snapshot, { settings, redactor: new Redactor('00') });
  const { urls = [REPOSITORY], branch = 'main', remote = noRemotes(), objects = [], madeBefore } = options;
  return operator.follow({
    snapshot,
    settings,
    repository: { urls, branch },
    engine,
    remote,
    objects: [...plain, ...objects],
    madeBefore,
  });
}

/** The only target that was followed, with its record; fails where there are more. */
export function onlyFollowed({ targets }: Followed): Followed['targets'][number] {
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0) throw new Error(`${targets.length} targets`);
  return only;
}
