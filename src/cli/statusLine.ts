import { nextStep } from '../isolation/steps.ts';
import { type Step, stepWords } from '../model/step.ts';
import { oneLine } from '../report/visible.ts';

/** A command that takes no longer tells of no step. */
const SILENT_MS = 1000;
/** The line is written anew so often at most. */
const REFRESH_MS = 100;

/** Back to the line's beginning, and all of it removed (ECMA-48: CR, EL). */
const CLEAR = '\r\u001b[2K';

/** What of a stream is used here. */
type Terminal = Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;

/** The last line of a terminal, which says what a command does that takes long. On anything else nothing is said. */
export class StatusLine {
  readonly #terminal: Terminal;
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  #step: Step = {};
  #refreshAt: number;
  #isShown = false;

  constructor(terminal: Terminal, now: () => number = Date.now) {
    this.#terminal = terminal;
    this.#write = terminal.write.bind(terminal);
    this.#now = now;
    this.#refreshAt = now() + SILENT_MS;
  }

  /** Says what the command has come to, unless it did so just now. */
  show(step: Step): void {
    if (this.#terminal.isTTY !== true) return;
    this.#step = nextStep(this.#step, step);
    const now = this.#now();
    if (now < this.#refreshAt) return;
    this.#refreshAt = now + REFRESH_MS;
    this.#write(`${CLEAR}${withinWidth(oneLine(wordsOf(this.#step)), this.#terminal.columns ?? 80)}`);
    this.#isShown = true;
  }

  /** Removes the line. */
  clear(): void {
    if (this.#isShown) this.#write(CLEAR);
    this.#isShown = false;
  }

  /** Lets whatever is written to these streams take the line's place. */
  stayBelow(...streams: readonly NodeJS.WriteStream[]): void {
    for (const stream of streams) {
      const write = stream.write.bind(stream);
      const written = (chunk: string | Uint8Array) => {
        this.clear();
        return write(chunk);
      };
      // Nobody here names an encoding, or waits for what was written.
      stream.write = written as typeof stream.write;
    }
  }
}

/** Removes the line that a process wrote which is gone. */
export function clearLine(terminal: Terminal): void {
  if (terminal.isTTY === true) terminal.write(CLEAR);
}

const SEGMENTER = new Intl.Segmenter();

/** A text that wraps is not removed as a whole. */
function withinWidth(text: string, columns: number): string {
  const characters = Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
  return characters.length < columns ? text : `${characters.slice(0, columns - 2).join('')}…`;
}

function wordsOf(step: Step): string {
  const { target } = step;
  return target === undefined ? stepWords(step) : `${stepWords(step)} (${target})`;
}
