import { entriesAt, flagAt, objectAt, textMapAt } from '../../model/fields.ts';
import type { NotValidated } from '../../model/finding.ts';
import type { FieldOrigin, FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, textAt, valueAt } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { RenderStep } from '../../model/renderSource.ts';
import { type Told, told } from '../../model/told.ts';
import { partlyRendered, type ViolationsAndGaps } from '../operator.ts';
import { possibleMistake } from '../refusal.ts';
import { dataHolder, UNKNOWN } from './dataHolder.ts';
import type { FluxContext } from './fluxContext.ts';
import { installedFlux } from './installedFlux.ts';
import { namespaceOf } from './knownObjects.ts';
import { secretKeys } from './secretKeys.ts';
import { type VariableUses, variableUses } from './variableUses.ts';

/** The step that fills variables in, with what is to be said of where they come from. */
export interface Substitution extends ViolationsAndGaps {
  readonly steps: readonly RenderStep[];
  /** The fields that set the variables, as far as it is known which do. */
  readonly variables: OperatorRecord['variables'];
}

/** Variables as far as they are known. */
interface Variables {
  readonly values: Map<string, string>;
  readonly origins: Map<string, FieldOrigin>;
  /** Objects whose values are not known, as people name them. */
  readonly hidden: readonly string[];
  /** True: the object is hidden, so the names of its variables are unknown. */
  readonly open: boolean;
  /** True: an object that may be missing is not in the repository, and may still be there. */
  readonly mayHaveMore: boolean;
  readonly violations: readonly ObjectViolation[];
}

/**
 * A Kustomization's `postBuild`: the variables of `substituteFrom` in their order, and over
 * them those of `substitute`. What is not known stays as it is written: a variable of a
 * Secret, and where nobody knows which variables an object has, every one that the files
 * use and nothing else defines.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export async function substitution(
  context: FluxContext,
  object: FoundObject,
  target: { readonly id: string; readonly files: readonly string[] },
): Promise<Substitution> {
  const { manifest } = object.resource;
  const postBuild = Kind.Kustomization('spec', 'postBuild');
  if (!isObject(valueAt(manifest, postBuild)))
    return { steps: [], variables: new Map(), violations: [], notValidated: [] };
  const { values, origins, hidden, open, mayHaveMore, violations } = fromObjects(context, object);
  const substitute = Kind.Kustomization('spec', 'postBuild', 'substitute');
  for (const [name, value] of Object.entries(textMapAt(manifest, substitute))) values.set(name, value);
  for (const name of Object.keys(objectAt(manifest, substitute) ?? {}))
    origins.set(name, { object, fieldPath: [...substitute, name] });
  const uses = hidden.length === 0 ? NO_USES : await variableUses(context, object, target);
  if (open) {
    for (const name of uses.withoutDefault) {
      if (!values.has(name)) values.set(name, placeholder(name));
    }
  }
  // Without any variable Flux leaves everything as it is, unless it is told otherwise.
  const always = hidden.length > 0 || textAt(manifest, [...postBuild, 'substituteStrategy']) === 'Always';
  const isStrict = !open && !mayHaveMore && installedFlux(context, object).strictVariables;
  const strict = isStrict ? { strict: true } : {};
  const steps: RenderStep[] =
    values.size > 0
      ? [{ step: 'substitute', variables: sorted(values), ...strict }]
      : always
        ? [{ step: 'substitute', variables: {}, ...strict, always }]
        : [];
  const notValidated = keptAsWritten(target.id, { values, hidden, uses });
  return { steps, variables: origins, violations, notValidated };
}

const NO_USES: VariableUses = { names: new Set(), withoutDefault: [] };

/** A variable that nothing uses leaves nothing unknown. */
function keptAsWritten(
  id: string,
  { values, hidden, uses }: Pick<Variables, 'values' | 'hidden'> & { readonly uses: VariableUses },
): NotValidated[] {
  const kept = [...values]
    .filter(([name, value]) => value === placeholder(name) && uses.names.has(name))
    .map(([name]) => name);
  if (kept.length === 0 || hidden.length === 0) return [];
  const names = kept.map(placeholder).toSorted().join(', ');
  return [
    partlyRendered(
      id,
      `the values of ${hidden.join(', ')} for postBuild are not known: ${names} stay as they are written`,
    ),
  ];
}

function fromObjects(context: FluxContext, object: FoundObject): Variables {
  const { manifest } = object.resource;
  const values = new Map<string, string>();
  const origins = new Map<string, FieldOrigin>();
  const hidden: string[] = [];
  const violations: ObjectViolation[] = [];
  let open = false;
  let mayHaveMore = false;
  for (const { index, item } of entriesAt(
    manifest,
    Kind.Kustomization('spec', 'postBuild', 'substituteFrom'),
  )) {
    const kind = textAt(item, Kind.SubstituteReference('kind'));
    const wanted = {
      group: '',
      kind: kind ?? '',
      namespace: namespaceOf(object.resource),
      name: textAt(item, Kind.SubstituteReference('name')) ?? '',
    };
    const found = kind === 'ConfigMap' ? dataHolder(context.known, object, wanted) : undefined;
    if (found !== undefined && found !== UNKNOWN) {
      takeAll(found, { values, origins });
      continue;
    }
    // It may set any variable over those that come before it.
    if (kind === 'Secret' || found === UNKNOWN) origins.clear();
    const keys = kind === 'Secret' ? secretKeys(context.known, object, wanted) : undefined;
    if (keys === undefined && found === undefined && flagAt(item, Kind.SubstituteReference('optional'))) {
      mayHaveMore = true;
      continue;
    }
    if (kind === 'ConfigMap' && found === undefined) {
      const fieldPath = Kind.Kustomization('spec', 'postBuild', 'substituteFrom', index, 'name');
      violations.push(
        possibleMistake({ rule: 'flux/reference', object, fieldPath }, missingConfigMap(wanted)),
      );
    }
    hidden.push(`${wanted.kind} ${wanted.namespace}/${wanted.name}`);
    for (const key of keys?.names ?? []) values.set(key, placeholder(key));
    open ||= keys?.complete !== true;
  }
  return { values, origins, hidden, open, mayHaveMore, violations };
}

/** Adds the values of a ConfigMap, each with its field. */
function takeAll(
  config: FoundObject,
  { values, origins }: { readonly values: Map<string, string>; readonly origins: Map<string, FieldOrigin> },
): void {
  for (const [name, value] of Object.entries(textMapAt(config.resource.manifest, Kind.ConfigMap('data')))) {
    values.set(name, value);
    origins.set(name, { object: config, fieldPath: [...Kind.ConfigMap('data'), name] });
  }
}

/** What else may make a ConfigMap is many: that it is not here need not be a mistake. */
export function missingConfigMap({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): Told {
  return told('no-config-map', {
    namespace,
    name,
  })`ConfigMap ${'namespace'}/${'name'} is not in the repository: unless something else makes it, Flux fails`;
}

/** As it stands in the manifests. */
function placeholder(name: string): string {
  return `\${${name}}`;
}

/** Sorts variables by name and drops line breaks as Flux does, so that equal variables give equal keys. */
function sorted(values: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...values]
      .map(([name, value]) => [name, value.replaceAll('\n', '')] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
