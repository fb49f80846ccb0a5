/** Where the pages about rules are read. */
export interface RulePages {
  /** The address of Hydrant's repository or site, in front of `docs/`; without a slash at its end. */
  readonly site: string;
  /** The rules that ship with Hydrant as policies: each has a page of its own. */
  readonly builtIn: readonly string[];
}

/** The page of a rule that is told elsewhere than the rest of its category. */
const OF_RULE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'argocd/project-missing': 'docs/systems/argo-cd.md',
    'argocd/project-refuses': 'docs/systems/argo-cd.md',
    'argocd/repeated-resource': 'docs/systems/argo-cd.md',
    'flux/chart-version-unchanged': 'docs/systems/flux.md',
    'flux/dependency-cycle': 'docs/systems/flux.md',
    'flux/deprecated-api': 'docs/systems/flux.md',
    'flux/health-check': 'docs/systems/flux.md',
    'flux/image-policy': 'docs/systems/flux.md',
    'flux/reference': 'docs/systems/flux.md',
    'render/application-cycle': 'docs/systems/argo-cd.md',
    'render/applicationset': 'docs/systems/argo-cd.md',
    'render/invalid-application': 'docs/systems/argo-cd.md',
    'render/missing-path': 'docs/systems/argo-cd.md',
    'render/resourceset': 'docs/systems/flux.md',
  }),
);

/** The page of the other rules of a category. */
const OF_CATEGORY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    admission: 'docs/admission-policies.md',
    danger: 'docs/danger.md',
    ownership: 'docs/systems.md',
    render: 'docs/systems.md',
    schema: 'docs/schemas.md',
    secret: 'docs/secrets.md',
    settings: 'docs/your-own-policies.md',
  }),
);

/**
 * The file that says what a rule finds, such as `docs/policies/rbac/wildcard.md`.
 * @param builtIn the rules that ship with Hydrant as policies; others of no known category are a user's own.
 */
export function rulePage(rule: string, builtIn: readonly string[] = []): string {
  if (builtIn.includes(rule)) return `docs/policies/${rule}.md`;
  return OF_RULE.get(rule) ?? OF_CATEGORY.get(rule.replace(/\/.*/, '')) ?? 'docs/your-own-policies.md';
}

/** The address of {@link rulePage}. */
export function rulePageUrl(rule: string, { site, builtIn }: RulePages): string {
  return `${site}/${rulePage(rule, builtIn)}`;
}
