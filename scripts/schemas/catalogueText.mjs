/** A catalogue as JSON with one kind and one definition a line, so that its diffs can be read. */
export function catalogueText({ provenance, kinds, definitions }) {
  const parts = [
    `"provenance":${JSON.stringify(provenance, null, 1)}`,
    `"kinds":{\n${lines(kinds)}\n}`,
    `"definitions":{\n${lines(definitions)}\n}`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}

function lines(entries) {
  return entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n');
}
