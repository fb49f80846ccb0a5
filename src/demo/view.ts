/** A pull request as people see it on GitHub; what the demo prints and serves. */
export interface PullRequestView {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly baseBranch: string;
  readonly headBranch: string;
  readonly head: string;
  readonly checks: readonly CheckView[];
  readonly comments: readonly CommentView[];
}

export interface CheckView {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly AnnotationView[];
}

interface AnnotationView {
  readonly path: string;
  readonly start_line: number;
  readonly annotation_level: string;
  readonly title?: string;
  readonly message: string;
}

export interface CommentView {
  readonly author: string;
  /** Markdown. */
  readonly body: string;
  /** GitHub's names of reactions, such as `+1`. */
  readonly reactions: readonly string[];
}

const REACTIONS: Readonly<Record<string, string>> = {
  '+1': '👍',
  '-1': '👎',
  confused: '😕',
  eyes: '👀',
  heart: '❤️',
  hooray: '🎉',
  laugh: '😄',
  rocket: '🚀',
};

/** Reactions as pictures. */
export function reactionsText(reactions: readonly string[]): string {
  return reactions.map((reaction) => REACTIONS[reaction] ?? reaction).join(' ');
}

const SIGNS: Readonly<Record<string, string>> = { success: '✅', failure: '❌', neutral: '⚠️', skipped: '⏭️' };

/** A check's conclusion as a sign; a run that has none yet is at work. */
export function checkSign({ conclusion }: CheckView): string {
  return SIGNS[conclusion ?? ''] ?? '⏳';
}
