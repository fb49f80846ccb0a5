import { DEFAULT_SETTINGS } from '../../settings/defaults.ts';
import { parseSettings } from '../../settings/parseSettings.ts';
import type { Found } from './found.ts';

/**
 * A `.hydrant.yaml` for a repository, with what each line is for. What it says is what holds without it, so that
 * writing it changes nothing until somebody edits it.
 */
export function settingsText(found: Found): string {
  const text = textWith(found, clusterLines(found));
  // A cluster may be called what the settings do not take for a name.
  const isSound = parseSettings(text, '.hydrant.yaml').problems.length === 0;
  return isSound ? text : textWith(found, NO_CLUSTERS);
}

function textWith({ kinds, hasPolicies }: Found, clusters: readonly string[]): string {
  const { kubernetesVersion, gate } = DEFAULT_SETTINGS;
  const targets = kinds.map(({ kind, number }) => `${number} ${kind}`).join(', ');
  const own = hasPolicies ? 'policies/ of this repository has some' : 'there are none yet';
  const lines = [
    '# Settings of Hydrant. They count from the base branch: a pull request is judged by those it merges into.',
    `# Targets that were found when this was written: ${targets === '' ? 'none' : targets}.`,
    '',
    '# The Kubernetes version of your clusters: its schemas count.',
    `kubernetesVersion: ${JSON.stringify(kubernetesVersion)}`,
    '',
    '# Which errors fail a check: "new" ones only, or "all" in what a change reaches.',
    `gate: ${gate}`,
    '',
    ...clusters,
    '',
    'policies:',
    '  # recommended, strict (all built-in rules) or none; hydrant explain RULE says what a rule is about.',
    '  profile: recommended',
    `  # Folders with your own policies in Rego (${own}).`,
    '  paths: [policies]',
    '  # Built-in rules to switch off or on, such as rbac/wildcard.',
    '  disable: []',
    '  enable: []',
    '',
    '# Findings that are accepted, each with a reason.',
    'exceptions: []',
    '#  - rule: security/host-path',
    '#    resource: DaemonSet/node-exporter',
    "#    reason: reads the node's metrics",
    '#    expires: 2030-01-31',
    '',
    '# What may be fetched besides what the base branch names: charts, bases of other repositories.',
    'remotes:',
    '  mode: base',
    '  allow: []',
  ];
  return `${lines.join('\n')}\n`;
}

const NO_CLUSTERS = [
  '# The clusters that this repository is applied to.',
  'clusters: []',
  '#  - name: production-eu',
  '#    environment: production',
  '#    kubernetesVersion: "1.36"',
];

function clusterLines({ clusters }: Found): readonly string[] {
  if (clusters.length === 0) return NO_CLUSTERS;
  return [
    '# The clusters that this repository is applied to. Each may have a kubernetesVersion of its own.',
    'clusters:',
    ...clusters.flatMap(({ name, environment }) => [
      // A text of JSON is one of YAML.
      `  - name: ${JSON.stringify(name)}`,
      ...(environment === null ? [] : [`    environment: ${JSON.stringify(environment)}`]),
    ]),
  ];
}
