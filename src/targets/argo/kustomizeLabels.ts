import { flagAt, objectAt, objectsAt, textMapAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import type { KustomizationEdits } from '../../model/renderSource.ts';
import { type Told, told } from '../../model/told.ts';
import type { Refusal } from '../refusal.ts';
import { substitute } from './buildEnvironment.ts';
import { mistake } from './mistake.ts';
import type { SourceContext } from './sourceContext.ts';

/**
 * `commonLabels` and `commonAnnotations` of an Application, which Argo CD gives to
 * `kustomize edit add label` and `... annotation`: without `force` those refuse a name that
 * the kustomization has already.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/kustomize/commands/edit/add/addmetadata.go
 */
export function kustomizeLabels(
  { environment, fieldPath }: SourceContext,
  options: ManifestObject,
  own: ManifestObject,
): Pick<KustomizationEdits, 'labels' | 'annotations'> | Refusal {
  const at = (field: string) => [...fieldPath, 'kustomize', field];
  const labels = unquoted(textMapAt(options, Kind.ApplicationKustomize('commonLabels')), (value) =>
    substitute(value, environment),
  );
  const envsubst = flagAt(options, Kind.ApplicationKustomize('commonAnnotationsEnvsubst'));
  const annotations = unquoted(textMapAt(options, Kind.ApplicationKustomize('commonAnnotations')), (value) =>
    envsubst ? substitute(value, environment) : value,
  );
  const mode = labelMode(options);
  if (Object.keys(labels).length > 0) {
    if (mode.templatesAlone) {
      const problem = told('templates-alone')`labelIncludeTemplates needs labelWithoutSelector`;
      return mistake(problem, at('labelIncludeTemplates'));
    }
    const taken = flagAt(options, Kind.ApplicationKustomize('forceCommonLabels'))
      ? undefined
      : sharedName(labels, ownLabels(own, mode));
    if (taken !== undefined)
      return mistake(already('label', taken, 'forceCommonLabels'), [...at('commonLabels'), taken]);
  }
  const forced = flagAt(options, Kind.ApplicationKustomize('forceCommonAnnotations'));
  const taken = forced ? undefined : sharedName(annotations, objectAt(own, ['commonAnnotations']) ?? {});
  if (taken !== undefined) {
    return mistake(already('annotation', taken, 'forceCommonAnnotations'), [
      ...at('commonAnnotations'),
      taken,
    ]);
  }
  const { includeSelectors, includeTemplates } = mode;
  return {
    ...(Object.keys(labels).length > 0
      ? { labels: [{ pairs: labels, includeSelectors, includeTemplates }] }
      : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
}

interface LabelMode {
  readonly includeSelectors: boolean;
  readonly includeTemplates: boolean;
  readonly templatesAlone: boolean;
}

function labelMode(options: ManifestObject): LabelMode {
  const withoutSelector = flagAt(options, Kind.ApplicationKustomize('labelWithoutSelector'));
  const includeTemplates = flagAt(options, Kind.ApplicationKustomize('labelIncludeTemplates'));
  return {
    includeSelectors: !withoutSelector,
    includeTemplates: withoutSelector && includeTemplates,
    templatesAlone: !withoutSelector && includeTemplates,
  };
}

/** The labels of the kustomization that new ones of that mode are added to. */
function ownLabels(own: ManifestObject, { includeSelectors, includeTemplates }: LabelMode): ManifestObject {
  if (includeSelectors) return objectAt(own, ['commonLabels']) ?? {};
  const entry = objectsAt(own, ['labels']).find(
    (item) => !flagAt(item, ['includeSelectors']) && flagAt(item, ['includeTemplates']) === includeTemplates,
  );
  return objectAt(entry, ['pairs']) ?? {};
}

function sharedName(names: object, others: object): string | undefined {
  return Object.keys(names).find((name) => Object.hasOwn(others, name));
}

function already(what: 'label' | 'annotation', name: string, force: string): Told {
  return told('already-set', {
    what,
    name,
    force,
  })`the ${'what'} ${'name'} is already in the kustomization; set ${'force'} to replace it`;
}

/** kustomize takes quotes around a value off. */
function unquoted(values: Record<string, string>, change: (value: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = change(value);
      return [name, /^".*"$/s.test(text) ? text.slice(1, -1) : text];
    }),
  );
}
