import { commentText } from './commentText.ts';
import { type CheckView, type CommentView, checkSign, type PullRequestView, reactionsText } from './view.ts';

/** The check runs of a pull request's head, as its list of checks shows them. */
export function checksText({ checks }: PullRequestView): string {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  return checks.map((check) => checkText(check, width)).join('\n');
}

/** A comment under its author's name, with the reactions to it; at most so many lines of it. */
export function commentBlock(
  { author, body, reactions }: CommentView,
  { most = Number.POSITIVE_INFINITY }: { readonly most?: number } = {},
): string {
  const text = commentText(body).split('\n');
  const left = text.length - most;
  const lines = [
    ...text.slice(0, most),
    ...(left > 0 ? [`… (${left} more lines)`] : []),
    ...(reactions.length > 0 ? [reactionsText(reactions)] : []),
  ];
  return [`  ${author} commented`, ...lines.map((line) => `  │ ${line}`.trimEnd())].join('\n');
}

function checkText(check: CheckView, width: number): string {
  const first = `  ${checkSign(check)} ${check.name.padEnd(width)}  ${check.conclusion ?? check.status}: ${check.title}`;
  const annotations = check.annotations.map(({ path, start_line, annotation_level, message }) => {
    const [sentence = ''] = message.split('\n');
    return `       ${path}:${start_line}: ${annotation_level}: ${sentence}`;
  });
  return [first, ...annotations].join('\n');
}
