// The pages of docs/policies/, made of what the engine tells about the built-in policies.

const NOTE = '<!-- Made by `npm run generate:policy-docs` from the METADATA of the policies. -->';

/**
 * @param {readonly { package: string, annotations?: { title?: string, description?: string, relatedResources?: readonly string[], custom?: Readonly<Record<string, unknown>> } }[]} entrypoints
 * @returns {Map<string, string>} each file below docs/policies/ with its text
 */
export function policyPages(entrypoints) {
  const policies = entrypoints.map(policyOf).toSorted((a, b) => (a.rule < b.rule ? -1 : 1));
  const pages = policies.map((policy) => [`${policy.rule}.md`, page(policy)]);
  return new Map([...pages, ['README.md', index(policies)]]);
}

function policyOf({ package: name, annotations = {} }) {
  const rule = name.split('.').slice(1).join('/').replaceAll('_', '-');
  const { title, description, relatedResources = [], custom = {} } = annotations;
  for (const [field, value] of Object.entries({ title, description, severity: custom.severity })) {
    if (typeof value !== 'string' || value === '') throw new Error(`the METADATA of ${rule} has no ${field}`);
  }
  return { rule, title, description, related: relatedResources, severity: custom.severity };
}

function page({ rule, title, description, related, severity }) {
  const name = rule.slice(rule.indexOf('/') + 1);
  const source = `../../../policies/${rule}`;
  return `${NOTE}

# ${title}

Rule \`${rule}\`, severity ${severity}.

${description}

## See also

${related.map((address) => `- <${address}>`).join('\n')}
- [The rule](${source}/${name}.rego) and [its tests](${source}/${name}_test.rego)

## Switch it off

In \`.hydrant.yaml\` on the base branch:

\`\`\`yaml
policies:
  disable: [${rule}]
\`\`\`
`;
}

function index(policies) {
  const rows = policies.map(
    ({ rule, title, severity }) => `| [\`${rule}\`](${rule}.md) | ${severity} | ${title} |`,
  );
  return `${NOTE}

# Built-in policies

Each looks at one rendered resource. An error that a pull request brings in fails the check
\`hydrant/policies\`; a warning does not.

| rule | severity | what it finds |
|---|---|---|
${rows.join('\n')}

You can add [policies of your own](../your-own-policies.md).
`;
}
