import { oneLine, oneName, visible } from '../visible.ts';

/**
 * What a text of the repository must go through before it stands in Markdown that GitHub
 * shows: it may not format, link, embed HTML, mention people or refer to issues.
 * https://github.github.com/gfm/
 * https://docs.github.com/en/get-started/writing-on-github
 */

const LONGEST_NAME = 300;

/**
 * What GitHub makes something of outside of code, wherever it stands: an address, a mention, the number of an issue, an emoji by its
 * name, the id of a commit.
 * https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
const EFFECT = /:\/\/|\b(?:www\.|mailto:|xmpp:|GH-\d|[0-9a-f]{7,}\b)|@[\w-]|#\d|:[\w+-]+:/i;

/** A word, but for what would end a code span or the cell of a table. */
const WORDS = /([^\s`|\\]+)/;

/**
 * A sentence for Markdown, in tables too, of which no part has an effect. A word that would have one, such as an
 * address, stands exactly as it is, as code.
 */
export function prose(text: string): string {
  return oneLine(text)
    .split(WORDS)
    .map((part) => (EFFECT.test(part) ? wordAsCode(part) : escaped(part)))
    .join('');
}

/** The word as code, without the quotes, brackets and stops around it. */
function wordAsCode(word: string): string {
  const [, before = '', inner = '', after = ''] = /^(["'([{<]*)(.*?)([\])}>"'.,;:!?…]*)$/u.exec(word) ?? [];
  return `${escaped(before)}\`${inner}\`${escaped(after)}`;
}

function escaped(text: string): string {
  return text.replace(/[&<>`*_~[\]|\\$]/g, entity);
}

/** A name as code: GitHub neither formats nor links what stands in it. */
export function code(name: string): string {
  const text = oneName(name, LONGEST_NAME);
  // These would end the code span or the table cell; HTML has a way to write them.
  return text === '' || /[`|\\]/.test(text) ? htmlCode(name) : `\`${text}\``;
}

/** A name as code inside an HTML element. Where Markdown is read all the same, it finds nothing in it. */
export function htmlCode(name: string): string {
  const text = oneName(name, LONGEST_NAME).replace(/[&<>`*_~[\]|\\$@:]/g, entity);
  return `<code>${text.replace(/\b(www)\./gi, '$1&#46;')}</code>`;
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** Lines as a code block that nothing in them can end. */
export function fenced(language: string, text: string): string {
  const content = visible(text);
  const longest = (content.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
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
  // No path of Git has half a character; one that had could not be written in an address.
  const encoded = path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map((step) => encodeURIComponent(step).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`))
    .join('/');
  const lines = endLine > startLine ? `L${startLine}-L${endLine}` : `L${startLine}`;
  return `${repositoryUrl}/blob/${head}/${encoded}#${lines}`;
}
