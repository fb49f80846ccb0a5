import { oneLine, visible } from '../visible.ts';

/**
 * What a text of the repository must go through before it stands in Markdown that GitHub
 * shows: it may not format, link, embed HTML, mention people or refer to issues.
 * https://github.github.com/gfm/
 * https://docs.github.com/en/get-started/writing-on-github
 */

/** Begins a mention, a reference or an address; a zero-width space takes its effect. */
const BREAK = '&#8203;';
const LONGEST_NAME = 300;

/** A sentence of which no part has an effect. Works in Markdown, in tables and in HTML. */
export function prose(text: string): string {
  return oneLine(text)
    .replace(/[&<>`*_~[\]|\\$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@/g, `@${BREAK}`)
    .replace(/(?<!&)#(?=\d)/g, `#${BREAK}`)
    .replace(/(GH)-(?=\d)/gi, `$1${BREAK}-`)
    .replace(/:\/\//g, `:${BREAK}//`)
    .replace(/(www)\./gi, `$1${BREAK}.`);
}

/** A name as code: GitHub neither formats nor links what stands in it. */
export function code(name: string): string {
  const text = oneLine(name, LONGEST_NAME);
  // These would end the code span or the table cell; HTML has a way to write them.
  return text === '' || /[`|\\]/.test(text) ? htmlCode(text) : `\`${text}\``;
}

/** A name as code inside an HTML element, where Markdown is not read. */
export function htmlCode(name: string): string {
  return `<code>${prose(oneLine(name, LONGEST_NAME))}</code>`;
}

/** Lines as a code block that nothing in them can end. */
export function fenced(language: string, text: string): string {
  const content = visible(text);
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content}\n${fence}`;
}

/** The address of lines of a file of a commit on GitHub. */
export function fileUrl(
  { repositoryUrl, head }: { readonly repositoryUrl: string; readonly head: string },
  {
    path,
    startLine,
    endLine,
  }: { readonly path: string; readonly startLine: number; readonly endLine: number },
): string {
  const encoded = visible(path)
    .split('/')
    .map((step) => encodeURIComponent(step).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`))
    .join('/');
  const lines = endLine > startLine ? `L${startLine}-L${endLine}` : `L${startLine}`;
  return `${repositoryUrl}/blob/${head}/${encoded}#${lines}`;
}
