import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';

/**
 * A comment's Markdown as HTML, about as GitHub shows it: what GitHub would not let
 * through is taken out, and lines of a diff have their colours.
 */
export function commentHtml(markdown: string): string {
  const html = new Marked({ gfm: true }).parse(markdown, { async: false });
  return sanitizeHtml(html, ALLOWED).replace(DIFF, (_, lines: string) => colourDiff(lines));
}

/** The part of GitHub's list of allowed HTML that Hydrant's comments need. */
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [...sanitizeHtml.defaults.allowedTags, 'details', 'summary', 'del', 'input'],
  allowedAttributes: { a: ['href'], details: ['open'], code: ['class'], th: ['align'], td: ['align'] },
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https'],
};

const DIFF = /<pre><code class="language-diff">([\s\S]*?)<\/code><\/pre>/g;

function colourDiff(lines: string): string {
  const coloured = lines.split('\n').map((line) => `<span class="${classOf(line)}">${line}</span>`);
  return `<pre><code>${coloured.join('\n')}</code></pre>`;
}

function classOf(line: string): string {
  if (line.startsWith('+')) return 'added';
  if (line.startsWith('-')) return 'removed';
  return line.startsWith('@@') ? 'hunk' : 'same';
}
