import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { commentHtml } from './commentHtml.ts';
import { type CheckView, type CommentView, checkSign, type PullRequestView, reactionsText } from './view.ts';

const require = createRequire(import.meta.url);

/** The pull request as one HTML page, about as GitHub shows it. */
export function pullRequestPage(pull: PullRequestView): string {
  const { number, title, author, headBranch, baseBranch, head, comments, checks } = pull;
  return page(
    `${title} · #${number}`,
    `<h1>${escapeHtml(title)} <span class="quiet">#${number}</span></h1>
<p class="quiet"><b>${escapeHtml(author)}</b> wants to merge <code>${escapeHtml(headBranch)}</code> into <code>${escapeHtml(baseBranch)}</code> · head <code>${head.slice(0, 7)}</code></p>
${comments.map(commentPart).join('\n')}
<section class="box"><header>Checks</header>${checks.map(checkPart).join('\n')}</section>`,
  );
}

/** A file with numbered lines, which addresses can point to as on GitHub (`#L3`). */
export function filePage(path: string, text: string): string {
  const lines = text.split('\n').map((line, index) => `<li id="L${index + 1}">${escapeHtml(line)} </li>`);
  return page(
    path,
    `<section class="box"><header>${escapeHtml(path)}</header><ol class="file">${lines.join('\n')}</ol></section>`,
  );
}

function commentPart({ author, body, reactions }: CommentView): string {
  const foot = reactions.length === 0 ? '' : `<footer>${reactionsText(reactions)}</footer>`;
  return `<section class="box"><header><b>${escapeHtml(author)}</b> commented</header>
<article class="markdown-body">${commentHtml(body)}</article>${foot}</section>`;
}

function checkPart(check: CheckView): string {
  const { name, title, summary, annotations } = check;
  const rows = annotations.map(
    ({ path, start_line, annotation_level, title: rule = '', message }) =>
      `<li class="${annotation_level}"><code>${escapeHtml(path)}:${start_line}</code> <b>${escapeHtml(rule)}</b><br>${escapeHtml(message).replaceAll('\n', '<br>')}</li>`,
  );
  return `<details class="check"><summary>${checkSign(check)} <b>${escapeHtml(name)}</b> <span class="quiet">${escapeHtml(title)}</span></summary>
<article class="markdown-body">${commentHtml(summary)}</article>
<ul class="annotations">${rows.join('\n')}</ul></details>`;
}

function page(title: string, body: string): string {
  const markdown = require.resolve('github-markdown-css/github-markdown-light.css');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>${readFileSync(markdown, 'utf8')}${STYLE}</style></head>
<body>${body}</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
body { max-width: 900px; margin: 24px auto; padding: 0 16px; background: #fff; color: #1f2328;
  font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif }
h1 { font-weight: 400; margin-bottom: 4px }
code { font: 12px ui-monospace, "Liberation Mono", Menlo, monospace; background: #eff1f3; padding: 2px 5px; border-radius: 6px }
.quiet { color: #59636e }
.box { border: 1px solid #d1d9e0; border-radius: 6px; margin: 16px 0; overflow: hidden }
.box > header { background: #f6f8fa; border-bottom: 1px solid #d1d9e0; padding: 8px 16px }
.box > footer { padding: 0 16px 12px }
.markdown-body { padding: 16px; font-size: 14px }
.markdown-body table { margin-bottom: 16px }
.check { border-bottom: 1px solid #d1d9e0; padding: 8px 16px }
.check:last-child { border: 0 }
summary { cursor: pointer }
.annotations { list-style: none; padding: 0 }
.annotations li { border-left: 3px solid #d4a72c; padding: 4px 12px; margin: 8px 0; background: #f6f8fa }
.annotations .failure { border-color: #cf222e }
.file { font: 12px/1.6 ui-monospace, "Liberation Mono", Menlo, monospace; white-space: pre; padding-left: 4em }
.file li::marker { color: #59636e }
.file li:target { background: #fff8c5 }
.added { background: #dafbe1; color: #116329 }
.removed { background: #ffebe9; color: #82071e }
.hunk { color: #0550ae }
`;
