import type { RenderProblem } from '../model/rendering.ts';
import { TimedOut } from '../processes/limited.ts';
import { ProcessEnded } from '../processes/processEnded.ts';
import { DEPTH_EXIT_CODE } from './protocol/messages.ts';

/** Why a request has no answer, where that is the fault of what it asked about. */
export type Failure = RenderProblem & { readonly kind: 'timeout' | 'memory' | 'crash' };

/**
 * What a request answers, or what stands for its answer where it took too long or ended its
 * process.
 * @throws whatever else the request does.
 */
export async function answerOr<Reply, Other>(
  request: Promise<Reply>,
  instead: (failure: Failure) => Other | Promise<Other>,
): Promise<Reply | Other> {
  try {
    return await request;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return instead(failure);
  }
}

function failureOf(error: unknown): Failure | null {
  const nowhere = { path: null, line: null, subject: null };
  if (error instanceof TimedOut) {
    const message = `Rendering took longer than ${error.timeout / 1000} s and was stopped.`;
    return { kind: 'timeout', message, ...nowhere };
  }
  if (!(error instanceof ProcessEnded)) return null;
  return { kind: error.kind, message: wordsOf(error), ...nowhere };
}

function wordsOf({ code, kind }: ProcessEnded): string {
  if (code === DEPTH_EXIT_CODE)
    return 'Rendering called itself without end and was stopped; does a template render itself, or a value contain itself?';
  return kind === 'memory'
    ? 'Rendering needed more memory than it may have and was stopped.'
    : 'The render engine crashed on this target.';
}
