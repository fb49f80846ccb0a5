import type { RemoteChart, RemoteFile, RemoteRepository } from './remoteInputs.ts';

/** What a render asked for of another place. */
export type AskedInput =
  | ({ readonly kind: 'file' } & RemoteFile)
  | ({ readonly kind: 'chart' } & RemoteChart)
  | ({ readonly kind: 'repository' } & Pick<RemoteRepository, 'repository' | 'ref'>);

/** What a render had of another place. */
export interface FetchedInput {
  readonly asked: AskedInput;
  /** The digest of a file or packed chart, the id of a commit; `none` where there is no such file. */
  readonly id: string;
}

/** What a render asked for of another place and did not get. */
export interface RefusedInput {
  readonly asked: AskedInput;
  /** Why not, as the author is told. */
  readonly refused: string;
}
