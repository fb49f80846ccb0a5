const START = '<!-- made by npm run generate:catalogue -->';
const END = '<!-- end -->';

/** A page with its table of the catalogue's projects made anew. */
export function withCatalogueTable(page, files) {
  const start = page.indexOf(START);
  const end = page.indexOf(END, start);
  if (start < 0 || end < 0) throw new Error(`the page lacks ${START} or ${END}`);
  return `${page.slice(0, start)}${START}\n\n${table(files)}\n\n${page.slice(end)}`;
}

function table(files) {
  const rows = files.map(({ provenance, kinds }) => [provenance.project, groups(kinds), sources(provenance)]);
  const cells = [['project', 'groups', 'made from'], ['---', '---', '---'], ...rows];
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function groups(kinds) {
  const names = Object.keys(kinds).map((name) => name.split('/')[0]);
  return [...new Set(names)].map((group) => `\`${group}\``).join(', ');
}

function sources({ sources }) {
  const texts = sources.map((source) => `${kindOf(source)}\`${source.module}\` ${source.version}`);
  return [...new Set(texts)].join(', ');
}

/** What of a module was read, where it is no manifest. */
function kindOf({ by, files = [] }) {
  if (by !== undefined) return 'types of ';
  return files.every((file) => file.endsWith('.json')) ? 'OpenAPI of ' : '';
}
