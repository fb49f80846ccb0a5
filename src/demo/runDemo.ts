import { once } from 'node:events';
import { type Demo, withDemo } from './scenario.ts';
import { servePages } from './servePages.ts';
import { checksText, commentBlock } from './show.ts';
import type { CommentView, PullRequestView } from './view.ts';

export interface DemoOptions {
  /** Stay up afterwards and show the pull request as a page, until interrupted. */
  readonly serve: boolean;
  readonly out: NodeJS.WritableStream;
}

type Say = (...paragraphs: string[]) => void;

/** What a shell reports of a command that Ctrl+C ended. */
const INTERRUPTED = 130;

/**
 * `hydrant demo`: the real bot against an emulated GitHub, over HTTP, on a sample pull
 * request with three mistakes; then a slash-command, then the push that mends them.
 * Interrupted, it ends and removes what it started.
 * @throws when the bot does not conclude in time, and what starting it throws.
 */
export async function runDemo({ serve, out }: DemoOptions): Promise<void> {
  const say: Say = (...paragraphs) => void out.write(`${paragraphs.join('\n\n')}\n\n`);
  const ended = new AbortController();
  const end = () => ended.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  const interrupted = once(ended.signal, 'abort');
  let told = false;
  await withDemo(async (demo) => {
    const telling = tell(demo, say).then(async () => {
      told = true;
      if (!serve) return;
      say(`The pull request as a page: ${servePages(demo)} (Ctrl+C ends)`);
      await interrupted;
    });
    await Promise.race([telling, interrupted]);
  });
  process.off('SIGINT', end).off('SIGTERM', end);
  // A step that waits for the bot in vain would keep the process up.
  if (!told) process.exit(INTERRUPTED);
}

async function tell(demo: Demo, say: Say): Promise<void> {
  say('Hydrant runs against an emulated GitHub; its repository is examples/gitops-repo.');
  const opened = await demo.openMistakes();
  say(
    heading(opened, `${opened.author} opens pull request #${opened.number}: ${opened.title}`),
    checksText(opened),
    ...opened.comments.map((comment) => commentBlock(comment)),
  );

  const asked = await demo.askToValidate();
  say(
    heading(asked, `${asked.author}, who has write permission, asks for another review`),
    ...asked.comments.filter((comment) => !isBots(comment)).map((comment) => commentBlock(comment)),
    checksText(asked),
  );

  const mended = await demo.pushFixes();
  say(
    heading(mended, `${mended.author} amends the commit, without the three, and pushes it by force`),
    checksText(mended),
    ...mended.comments.filter(isBots).map((comment) => commentBlock(comment, { most: 10 })),
  );
}

function heading({ head }: PullRequestView, title: string): string {
  return `━━ ${title} ━━ head ${head.slice(0, 7)}`;
}

function isBots({ author }: CommentView): boolean {
  return author.endsWith('[bot]');
}
