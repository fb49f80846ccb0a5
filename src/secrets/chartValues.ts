import { isScalar, type Node } from 'yaml';
import { linesOf, readDocuments, type SourceFile } from '../dialects/sourceFile.ts';
import { append } from '../model/append.ts';
import type { Location } from '../model/finding.ts';
import type { Redactor } from '../model/redacted.ts';
import { shownKey } from '../model/secretValue.ts';
import type { CommittedValue, FoundSecrets, SecretViolation } from './committed.ts';
import { literalViolation } from './embeddedSecrets.ts';
import { isPasswordLiteral } from './passwordLiteral.ts';
import { NODES } from './textTree.ts';

/**
 * Operators' kinds that have values for a chart: as fields, as a text or as names with values. Which field
 * has them is not asked, since a password in plain belongs into none of the others either.
 */
const KINDS: readonly { readonly group: string; readonly kind: RegExp }[] = [
  // https://fluxcd.io/flux/components/helm/helmreleases/#inline-values
  { group: 'helm.toolkit.fluxcd.io', kind: /^HelmRelease$/ },
  // https://argo-cd.readthedocs.io/en/stable/user-guide/helm/
  { group: 'argoproj.io', kind: /^Application(?:Set)?$/ },
  // https://docs.k3s.io/add-ons/helm
  { group: 'helm.cattle.io', kind: /^HelmChart(?:Config)?$/ },
];

/**
 * Passwords among the values that an operator's object gives to a chart. Where the chart can be rendered,
 * its Secrets tell; of one that is kept elsewhere only the names of the values do.
 */
export function chartValues(file: SourceFile, root: Node | null, redactor: Redactor): SecretViolation[] {
  const text = (name: string) => NODES.text(NODES.field(root ?? undefined, name)) ?? '';
  const [kind, group] = [text('kind'), text('apiVersion').split('/')[0]];
  const spec = NODES.field(root ?? undefined, 'spec');
  if (spec === undefined || !KINDS.some((one) => one.group === group && one.kind.test(kind))) return [];
  const found = passwordsIn({ node: spec, names: [], file, around: null }, redactor);
  const metadata = NODES.field(root ?? undefined, 'metadata');
  const within = [kind, NODES.text(NODES.field(metadata, 'name')) ?? ''].filter(Boolean).join(' ');
  return found.map(({ key, value, location }) => ({
    ...literalViolation({ within, keys: [key] }),
    rule: CHART_VALUE,
    fieldPath: null,
    resource: null,
    location,
    values: [{ key, value }],
  }));
}

const CHART_VALUE = 'secret/helm-value';

/** What of the found secrets rendering does not tell better: of a chart that can be rendered, its Secrets tell. */
export function withoutRendered(
  found: readonly FoundSecrets[],
  rendered: ReadonlySet<string>,
): FoundSecrets[] {
  return found.filter(
    ({ violation: { rule, values } }) =>
      rule !== CHART_VALUE || !values.every(({ value }) => rendered.has(value.identity())),
  );
}

interface Step {
  readonly node: Node;
  /** Of the fields on the way, the outermost first. */
  readonly names: readonly string[];
  readonly file: SourceFile;
  /** Where a text stands whose own lines are not those of the file. */
  readonly around: Location | null;
}

interface Found extends CommittedValue {
  readonly location: Location;
}

function passwordsIn(from: Step, redactor: Redactor): Found[] {
  const found: Found[] = [];
  const left = [from];
  for (let step = left.pop(); step !== undefined; step = left.pop()) {
    const text = NODES.text(step.node);
    if (text === undefined) append(left, below(step).toReversed());
    else if (step.around === null && /:\s/.test(text)) append(left, inText(step, text).toReversed());
    else {
      const value = redactor.redact(text);
      const key = shownKey(step.names.at(-1) ?? '');
      if (isPasswordLiteral(step.names, text))
        found.push({ key, value, location: step.around ?? linesOf(step.file, step.node) });
    }
  }
  return found;
}

function below({ node, names, ...step }: Step): Step[] {
  const beside = NODES.text(NODES.field(node, 'name'));
  return [
    ...NODES.items(node).map((item) => ({ ...step, node: item, names })),
    ...NODES.entries(node).map(({ key, value }) => ({
      ...step,
      node: value,
      // `--set` has a path as its name.
      names: [...names, ...(beside !== undefined && key === 'value' ? beside : key).split('.')],
    })),
  ];
}

/** Values that are written as a text are a document of their own. */
function inText({ node, file }: Step, text: string): Step[] {
  const around = linesOf(file, node);
  const isLiteral = isScalar(node) && node.type === 'BLOCK_LITERAL';
  const inner = readDocuments(file.path, text, isLiteral ? around.startLine : 0);
  return inner.documents.flatMap(({ contents }) =>
    contents === null || NODES.text(contents) !== undefined
      ? []
      : [{ node: contents, names: [], file: inner, around: isLiteral ? null : around }],
  );
}
