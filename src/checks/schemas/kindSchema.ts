import type { Validator } from './validators.ts';

/** What the resources of a kind are checked by. */
export interface KindSchema {
  readonly validate: Validator;
  /** Whether the API server clears the status of what is applied. */
  readonly hasStatus: boolean;
}
