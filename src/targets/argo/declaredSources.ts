import { objectAt, objectsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, type ManifestObject, textAt } from '../../model/manifest.ts';

/** One source of an Application, with the field that holds it. */
export interface DeclaredSource {
  readonly fieldPath: FieldPath;
  readonly source: ManifestObject;
}

/** The sources of an Application. */
export interface DeclaredSources {
  readonly all: readonly DeclaredSource[];
  /** True: `sources`, whose values files may stand in one another. */
  readonly multiple: boolean;
}

/**
 * An Application's sources: `sources` before `source`, and what is to be hydrated before
 * both (the merge changes that; a bot commits what it renders to).
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go (GetSources)
 */
export function declaredSources(spec: ManifestObject): DeclaredSources {
  const dry = objectAt(spec, Kind.ApplicationSpec('sourceHydrator', 'drySource'));
  if (dry !== undefined) {
    return {
      all: [{ fieldPath: Kind.Application('spec', 'sourceHydrator', 'drySource'), source: dry }],
      multiple: false,
    };
  }
  const sources = objectsAt(spec, Kind.ApplicationSpec('sources'));
  if (sources.length > 0) {
    const all = sources.map((source, index) => ({
      fieldPath: Kind.Application('spec', 'sources', index),
      source,
    }));
    return { all, multiple: true };
  }
  const source = objectAt(spec, Kind.ApplicationSpec('source'));
  return {
    all: source === undefined ? [] : [{ fieldPath: Kind.Application('spec', 'source'), source }],
    multiple: false,
  };
}

/** A text field of a source; '' where it has none. */
export function sourceText(source: ManifestObject, field: string): string {
  return textAt(source, [field]) ?? '';
}
