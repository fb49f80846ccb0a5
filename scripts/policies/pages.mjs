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

const LEVELS = {
  baseline: 'It belongs to the baseline level of the Pod Security Standards.',
  restricted: 'It belongs to the restricted level of the Pod Security Standards.',
};

const OF_A_CLUSTER =
  'It looks at all resources of a cluster together. Where one of its targets could not be rendered, it does not say that something is missing.';

function policyOf({ package: name, annotations = {} }) {
  const rule = name.split('.').slice(1).join('/').replaceAll('_', '-');
  const { title, description, relatedResources = [], custom = {} } = annotations;
  for (const [field, value] of Object.entries({ title, description, severity: custom.severity })) {
    if (typeof value !== 'string' || value === '') throw new Error(`the METADATA of ${rule} has no ${field}`);
  }
  const { severity, level = null, combine = false } = custom;
  const byDefault = custom.default !== 'off';
  return { rule, title, description, related: relatedResources, severity, level, combine, byDefault };
}

function page({ rule, title, description, related, severity, level, combine, byDefault }) {
  const name = rule.slice(rule.indexOf('/') + 1);
  const source = `../../../policies/${rule}`;
  return `${NOTE}

# ${title}

Rule \`${rule}\`, severity ${severity}${byDefault ? '' : ', off by default'}.

${description}
${level === null ? '' : `\n${LEVELS[level]}\n`}${combine === true ? `\n${OF_A_CLUSTER}\n` : ''}
## See also

${related.map((address) => `- <${address}>`).join('\n')}
- [The rule](${source}/${name}.rego) and [its tests](${source}/${name}_test.rego)

## Switch it ${byDefault ? 'off' : 'on'}

In \`.hydrant.yaml\` on the base branch:

\`\`\`yaml
policies:
  ${byDefault ? 'disable' : 'enable'}: [${rule}]
\`\`\`
`;
}

function index(policies) {
  const rows = policies.map(
    ({ rule, title, severity, byDefault }) =>
      `| [\`${rule}\`](${rule}.md) | ${severity}${byDefault ? '' : ', off'} | ${title} |`,
  );
  return `${NOTE}

# Built-in policies

Each looks at one rendered resource, or at all of a cluster together. An error that a pull
request brings in fails the check \`hydrant/policies\`; a warning does not. Errors are what
breaks, or what the baseline level of the Pod Security Standards forbids.

## Profiles

\`policies.profile\` in \`.hydrant.yaml\` says which rules count:

- \`recommended\`, the default: those whose findings a maintainer nearly always keeps, judged by what
  public GitOps repositories do. Rules that are a matter of taste, of a team's own way of working
  or of the restricted level of the Pod Security Standards are off.
- \`strict\`: all of them.
- \`none\`: none of them. The repository's own policies count all the same.

\`policies.enable\` adds single rules to the profile, and \`policies.disable\` takes them out.
Single findings are accepted by [exceptions](../your-own-policies.md#exceptions).

## What is judged

Objects of Argo CD and Flux in plain files, which nothing renders, are judged as well. What is
production is told by the cluster's \`environment\` in \`.hydrant.yaml\`, or by the folder's name:
\`production\`, \`prod\`, \`prod-eu\` and the like.

| rule | severity | what it finds |
|---|---|---|
${rows.join('\n')}

You can add [policies of your own](../your-own-policies.md).
`;
}
