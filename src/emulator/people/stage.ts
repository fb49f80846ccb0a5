import type { Webhooks } from '../webhooks.ts';
import type { World } from '../world.ts';

/** What people's actions change, and by what they are told to the App. */
export interface Stage {
  readonly world: World;
  readonly webhooks: Webhooks;
  /** Where the bare repositories are. */
  readonly folder: string;
}
