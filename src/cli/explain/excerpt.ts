/**
 * What a page in Markdown says of a rule: its row of a table, its item of a list, or the paragraph that names it.
 * @returns sentences for a terminal; none where the page does not name the rule.
 */
export function excerptOf(page: string, rule: string): string[] {
  const name = `\`${rule}\``;
  return page
    .trim()
    .split(/\n{2,}/)
    .filter((block) => block.includes(name))
    .flatMap((block) => ofBlock(block, name))
    .map(plain);
}

/** Markdown as a terminal shows it: without links, emphasis and the signs of code. */
export function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<(https?:\/\/[^>]*)>/g, '$1')
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replaceAll('`', '');
}

function ofBlock(block: string, name: string): string[] {
  const lines = block.split('\n');
  if (block.startsWith('|')) return rowsOf(lines, name);
  if (!/^[-*] /m.test(block)) return [lines.join(' ')];
  const items = block.split(/\n(?=[-*] )/).filter((item) => item.includes(name));
  return items.map((item) => item.replace(/^[-*] /, '').replace(/\s*\n\s*/g, ' '));
}

/** A row as `head: cell`, without the cell that is the rule itself. */
function rowsOf([head = '', , ...rows]: readonly string[], name: string): string[] {
  const heads = cellsOf(head);
  return rows
    .filter((row) => row.includes(name))
    .map((row) =>
      cellsOf(row)
        .map((cell, column) => ({ cell, title: heads[column] ?? '' }))
        .filter(({ cell, title }) => cell !== '' && !(title === 'rule' || cell === name))
        .map(({ cell, title }) => (title === '' ? cell : `${title}: ${cell}`))
        .join('\n'),
    );
}

function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}
