import { decodeText } from '../../dialects/decodeText.ts';
import { NOT_YAML, yamlValues } from '../../dialects/yamlValues.ts';
import type { DefinitionFile } from '../../model/discovery.ts';
import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { Rendering } from '../../model/rendering.ts';
import { apiVersionOf, type Resource, toResources } from '../../model/resource.ts';
import { isSchemaFolder, schemaPaths } from '../../model/schemaLocation.ts';
import type { Settings } from '../../model/settings.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { CustomVersion } from './customVersions.ts';
import { schemaFileVersion } from './schemaFile.ts';
import type { SchemaSet } from './schemaSet.ts';

/** The definitions of custom resources that are known at one commit, in the order in which they count. */
export interface CustomDefinitions {
  /** CustomResourceDefinitions that the commit renders. */
  readonly rendered: readonly ManifestObject[];
  /** Those in its other files. */
  readonly files: readonly ManifestObject[];
  /** Whether all targets render, so that no definition of theirs is missing. */
  readonly isComplete: boolean;
  /** Those in `crds/` of its charts. */
  readonly charts: readonly ManifestObject[];
  /** What the settings' locations have, on the base branch. */
  readonly located: readonly CustomVersion[];
  readonly locatedDefinitions: readonly ManifestObject[];
}

/** A set of schemas with the custom definitions of a commit, which count before the shipped ones. */
export function withCustomDefinitions(schemas: SchemaSet, found: CustomDefinitions): SchemaSet {
  return schemas
    .withCustomDefinitions(found.rendered, found.isComplete)
    .withCustomDefinitions(found.files)
    .withCustomDefinitions(found.charts)
    .withVersions(found.located)
    .withCustomDefinitions(found.locatedDefinitions);
}

/**
 * The definitions of the custom resources that a commit renders. Files are parsed only where
 * they speak of a kind that no rendered definition has.
 */
export async function readCustomDefinitions(context: {
  readonly renderings: readonly (Rendering | null)[];
  readonly definitionFiles: readonly DefinitionFile[];
  readonly settingsCommit: Snapshot;
  readonly settings: Settings;
}): Promise<CustomDefinitions> {
  const { renderings, definitionFiles, settingsCommit, settings } = context;
  const resources = renderings.flatMap((rendering) =>
    rendering?.status === 'rendered' ? rendering.resources : [],
  );
  const rendered = definitionsAmong(resources);
  const wanted = kindsWithoutDefinition(resources, rendered);
  const files = definitionFiles.filter(({ ofChart }) => !ofChart).map(({ text }) => text);
  const charts = definitionFiles.filter(({ ofChart }) => ofChart).map(({ text }) => text);
  const located = await Promise.all(
    settings.schemas.locations.map((location) =>
      readLocation(location, { wanted, settingsCommit, settings }),
    ),
  );
  return {
    rendered,
    isComplete: renderings.every((rendering) => rendering === null || rendering.status === 'rendered'),
    files: definitionsOf(files, wanted),
    charts: definitionsOf(charts, wanted),
    located: located.flatMap(({ versions }) => versions),
    locatedDefinitions: located.flatMap(({ definitions }) => definitions),
  };
}

/** One resource of each custom kind that no rendered definition defines. */
function kindsWithoutDefinition(
  resources: readonly Resource[],
  rendered: readonly ManifestObject[],
): Resource[] {
  const known = new Set(
    rendered.map(({ spec }) => (isObject(spec) ? JSON.stringify([spec['group'], kindOf(spec)]) : '')),
  );
  const kinds = new Map(
    resources.map((resource) => [`${apiVersionOf(resource)} ${resource.kind}`, resource]),
  );
  return [...kinds.values()].filter(
    // Groups of Kubernetes itself mostly have no dot; of the others its own schemas come first.
    ({ group, kind }) => group.includes('.') && !known.has(JSON.stringify([group, kind])),
  );
}

function kindOf({ names }: ManifestObject): unknown {
  return isObject(names) ? names['kind'] : undefined;
}

function definitionsAmong(resources: readonly Resource[]): ManifestObject[] {
  return resources
    .filter(({ group, kind }) => group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition')
    .map(({ manifest }) => manifest);
}

function definitionsOf(texts: readonly string[], wanted: readonly Resource[]): ManifestObject[] {
  return texts
    .filter((text) => wanted.some(({ group, kind }) => text.includes(kind) && text.includes(group)))
    .flatMap((text) => yamlValues(text, '1.1'))
    .filter((value) => value !== NOT_YAML)
    .flatMap((value) => definitionsAmong(toResources([value])));
}

interface Location {
  readonly versions: readonly CustomVersion[];
  readonly definitions: readonly ManifestObject[];
}

async function readLocation(
  location: string,
  context: {
    readonly wanted: readonly Resource[];
    readonly settingsCommit: Snapshot;
    readonly settings: Settings;
  },
): Promise<Location> {
  const { wanted, settingsCommit, settings } = context;
  const versions = await Promise.all(
    wanted.map(async (resource) => {
      const path = schemaPaths(location, resource, settings.kubernetesVersion).find(
        (candidate) => settingsCommit.entries.get(candidate)?.kind === 'file',
      );
      if (path === undefined) return [];
      const name = `${apiVersionOf(resource)} ${resource.kind}`;
      return [schemaFileVersion(name, path, decodeText(await settingsCommit.read(path)))];
    }),
  );
  const texts = isSchemaFolder(location) ? await readYamlBelow(location, settingsCommit) : [];
  return { versions: versions.flat(), definitions: definitionsOf(texts, wanted) };
}

function readYamlBelow(folder: string, snapshot: Snapshot): Promise<string[]> {
  const paths = [...snapshot.entries.values()]
    .filter(({ kind, path }) => kind === 'file' && /\.ya?ml$/.test(path))
    .map(({ path }) => path)
    .filter((path) => folder === '.' || path.startsWith(`${folder}/`));
  return Promise.all(paths.map(async (path) => decodeText(await snapshot.read(path))));
}
