import { latestRuns } from './rest/checks.ts';
import type {
  Annotation,
  CheckRun,
  CheckSuite,
  Comment,
  Pull,
  Reaction,
  Repository,
  World,
} from './world.ts';

/** Looks at what the emulated GitHub knows, without a request. */
export interface Readers {
  /** Undefined when there is none of the number. */
  pull(repository: Repository, number: number): Pull | undefined;
  /** Comments of a pull request, oldest first. */
  comments(pull: Pull): readonly Comment[];
  /** The newest check run of each name on a commit; all of them with `all`. */
  checkRuns(sha: string, which?: 'latest' | 'all'): readonly CheckRun[];
  checkSuites(sha: string): readonly CheckSuite[];
  annotations(checkRunId: number): readonly Annotation[];
  reactions(commentId: number): readonly Reaction[];
}

/** The readers of a world. */
export function readersOf(world: World): Readers {
  return {
    pull: (repository, number) =>
      world.pulls.find((pull) => pull.repository === repository && pull.number === number),
    comments: (pull) => world.comments.filter((comment) => comment.pull === pull),
    checkRuns: (sha, which = 'latest') => {
      const all = world.checkRuns.filter(({ headSha }) => headSha === sha);
      return which === 'all' ? all : latestRuns(all);
    },
    checkSuites: (sha) => world.suites.filter(({ headSha }) => headSha === sha),
    annotations: (id) => world.checkRuns.find((run) => run.id === id)?.annotations ?? [],
    reactions: (id) => world.comments.find((comment) => comment.id === id)?.reactions ?? [],
  };
}
