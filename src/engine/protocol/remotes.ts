import type { Archive } from '../../model/archives.ts';
import type {
  FetchedRepository,
  RemoteChart,
  RemoteFile,
  RemoteRepository,
} from '../../model/remoteInputs.ts';

/** What was fetched for a render so far. */
export interface RemoteAnswers {
  readonly files: readonly RemoteFileAnswer[];
  readonly charts: readonly RemoteChartAnswer[];
  readonly repositories: readonly RemoteRepositoryAnswer[];
}

/** Without content: there is no file. */
export type RemoteFileAnswer = { readonly url: string } & (
  | { readonly base64: string }
  | { readonly none: true }
);

/** A chart that was fetched. */
export type RemoteChartAnswer = RemoteChart & { readonly archive: Archive };

/** A commit of another repository that was fetched. */
export type RemoteRepositoryAnswer = Pick<RemoteRepository, 'repository' | 'ref'> &
  Pick<FetchedRepository, 'gitDir' | 'commit'>;

/** What a render lacks. */
export type RemoteNeed = (
  | ({ readonly kind: 'file' } & RemoteFile)
  | ({ readonly kind: 'chart'; readonly version?: string } & Omit<RemoteChart, 'version'>)
  | ({ readonly kind: 'repository'; readonly ref?: string } & Omit<RemoteRepository, 'ref' | 'orRange'>)
) & {
  /** What the author wrote. */
  readonly subject: string;
};
