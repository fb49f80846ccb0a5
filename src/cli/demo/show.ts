import { commentText } from './commentText.ts';
import { type CheckView, type CommentView, checkSign, type PullRequestView, reactionsText } from './view.ts';

/** The check runs of a pull request's head, as its list of checks shows them. */
export function checksText({ checks }: PullRequestView): string {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  return checks.map((check) => checkText(check, width)).join('\n');
}

/** A comment under its author's name, with the reactions to it. */
export function commentBlock({ author, body, reactions }: CommentView): string {
  const foot = reactions.length === 0 ? [] : [reactionsText(reactions)];
  const lines = [...commentText(body).split('\n'), ...foot].map((line) => `  │ ${line}`.trimEnd());
  return [`  ${author} commented`, ...lines].join('\n');
}

function checkText(check: CheckView, width: number): string {
  const first = `  ${checkSign(check)} ${check.name.padEnd(width)}  ${check.conclusion ?? check.status}: ${check.title}`;
  const annotations = check.annotations.map(({ path, start_line, annotation_level, message }) => {
    const [sentence = ''] = message.split('\n');
    return `       ${path}:${start_line}: ${annotation_level}: ${sentence}`;
  });
  return [first, ...annotations].join('\n');
}
