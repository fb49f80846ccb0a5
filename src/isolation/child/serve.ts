import { Console } from 'node:console';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { EnginePool } from '../../engine/pool.ts';
import type { Review } from '../../model/review.ts';
import type { OnStep } from '../../model/step.ts';
import { toResponseError } from '../errors.ts';
import { ASKS, type ChildSettings, type MirrorReview } from '../messages.ts';
import { holdLifeline } from './holdLifeline.ts';
import { readiness } from './readiness.ts';
import { tellStep } from './tellSteps.ts';

/** What reviews are done with. */
export interface ReviewTools {
  readonly engine: EnginePool;
  readonly onStep: OnStep;
  readonly token: () => Promise<string>;
  readonly onPassingFailure: () => void;
}

/** Reviews one mirror's commits. */
export type MirrorReviewer = (asked: MirrorReview, tools: ReviewTools) => Promise<Review>;

/** Has this process do reviews, one after the other, for the process that started it; until that ends it. */
export function serve(review: MirrorReviewer): void {
  holdLifeline();
  // Output is the protocol's alone.
  globalThis.console = new Console(process.stderr);
  const connection = createMessageConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  const tools = toolsOf(connection);
  const answer = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw toResponseError(error);
    }
  };
  connection.onRequest('ready', () => answer(() => readiness(tools.engine)));
  connection.onRequest('review', (asked: MirrorReview) => answer(() => review(asked, tools)));
  connection.listen();
}

function toolsOf(connection: MessageConnection): ReviewTools {
  // The other side is src/isolation/reviewProcess.ts.
  const { engineMemoryBytes } = JSON.parse(process.argv[2] ?? '') as ChildSettings;
  const tell = (method: string, params?: object) =>
    void connection.sendNotification(method, params).catch(() => {});
  return {
    engine: new EnginePool({
      memoryLimitBytes: engineMemoryBytes,
      onEnded: ({ message }) => tell(ASKS.warning, { message }),
    }),
    onStep: tellStep,
    token: () => connection.sendRequest<string>(ASKS.token),
    onPassingFailure: () => tell(ASKS.passingFailure),
  };
}
