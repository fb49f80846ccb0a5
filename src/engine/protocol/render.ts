import type { Origin, RenderProblem } from '../../model/rendering.ts';
import type { RenderSource } from '../../model/renderSource.ts';
import type { Trace } from '../../model/trace.ts';
import type { Redaction } from './redaction.ts';
import type { RemoteAnswers, RemoteNeed } from './remotes.ts';

/** Asks for a target of a commit. */
export interface RenderParams {
  /** Folder with the `objects` of the repository. */
  readonly gitDir: string;
  /** Full commit id. */
  readonly commit: string;
  readonly source: RenderSource;
  readonly redaction: Redaction;
  readonly want: 'resources' | 'manifests' | 'origins';
  /** What was fetched so far of what the render needs of other places. */
  readonly remotes?: RemoteAnswers | undefined;
}

/** What was asked for, or the target's problem. */
export type RenderReply =
  | {
      readonly trace: Trace;
      readonly resources?: readonly unknown[];
      /** The bytes that `kustomize build` prints, whatever the tool. */
      readonly manifests?: string;
      readonly origins?: readonly Origin[];
      /** Parts that were not rendered though the rest is, as sentences. */
      readonly leftOut?: readonly string[];
      /** The places, from 0, of resources that replace equal ones before them. */
      readonly replacing?: readonly number[];
      /** Values of the rendered Secrets, which the redactor opens. */
      readonly sealed?: string;
    }
  | {
      readonly trace: Trace;
      readonly problem: RenderProblem;
      /** What would have to be fetched, where that is the problem. */
      readonly needs?: readonly RemoteNeed[];
      /** Texts of the input that may be values of Secrets, which the redactor opens. */
      readonly sealed?: string;
    };
