import type { Entrypoint } from '../../engine/protocol/rego.ts';
import type { PolicyRule } from './judgement.ts';

/** First parts of rule names that belong to the other checks. */
const TAKEN = ['render', 'settings', 'schema', 'secret'];

/** A rule that ships with Hydrant. */
export interface BuiltInRule extends PolicyRule {
  /** Whether it counts where the settings do not say. */
  readonly byDefault: boolean;
}

/** `images/latest-tag` for the entrypoint of `hydrant.images.latest_tag`; the rest by its METADATA. */
export function builtInRule({ package: name, kind, annotations }: Entrypoint): BuiltInRule {
  const rule = name.split('.').slice(1).join('/').replaceAll('_', '-');
  const { severity, default: byDefault } = annotations?.custom ?? {};
  return {
    rule,
    severity: severity === 'warning' || kind === 'warn' ? 'warning' : 'error',
    isBuiltIn: true,
    byDefault: byDefault !== 'off',
  };
}

/**
 * A user's rule is named by its package and its own name: `main/deny`,
 * `kubernetes.security/warn_root`. A package that is named like one of the other checks gets
 * `policies.` before it, so that its findings count as the policies'.
 */
export function userRule({ path, package: name, kind }: Entrypoint): PolicyRule {
  const category = TAKEN.includes(name) ? `policies.${name}` : name;
  const own = path.slice(path.lastIndexOf('/') + 1);
  const severity = kind === 'warn' ? 'warning' : 'error';
  return {
    rule: `${category}/${own}`,
    severity,
    isBuiltIn: false,
    exceptions: exceptionsOf(name, own, kind),
  };
}

/**
 * conftest's exceptions: the rule `exception` of a package gives lists of names, of rules of the
 * package without `deny_`, `violation_` or `warn_` before them; the empty name is that of
 * `deny` itself. https://www.conftest.dev/exceptions/
 */
function exceptionsOf(
  name: string,
  own: string,
  kind: Entrypoint['kind'],
): NonNullable<PolicyRule['exceptions']> {
  const by = `data.${name}.exception`;
  if (kind === 'exception') return { by, name: null };
  return { by, name: own === kind ? '' : own.replace(/^(?:violation_)?(?:deny_)?(?:warn_)?/, '') };
}
