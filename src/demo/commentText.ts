/**
 * A comment's Markdown as plain text for a terminal: without tags, links and escapes, with
 * its tables aligned and its code blocks indented.
 */
export function commentText(markdown: string): string {
  const blocks = markdown.split(/^(`{3,})(\w*)\n([\s\S]*?)\n\1$/m);
  const text: string[] = [];
  for (let index = 0; index < blocks.length; index += 4) {
    text.push(proseText(blocks[index] ?? ''));
    const code = blocks[index + 3];
    if (code !== undefined) text.push(code.replace(/^/gm, '      '));
  }
  return text
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function proseText(markdown: string): string {
  const lines = markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<details(?: open)?><summary>/g, '▸ ')
    .replace(/<br>/g, '\n  ')
    .replace(/<\/?[a-z]+>/g, '')
    .replace(/\[(`[^`\n]*`|[^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/[`*]/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  return alignTables(lines.split('\n')).join('\n');
}

function alignTables(lines: readonly string[]): string[] {
  const result: string[] = [];
  let table: string[][] = [];
  for (const line of [...lines, '']) {
    if (line.startsWith('|')) {
      if (!/^[|-]+$/.test(line)) table.push(cellsOf(line));
      continue;
    }
    result.push(...aligned(table), line);
    table = [];
  }
  return result.slice(0, -1);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const columns = table[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd(),
  );
}
