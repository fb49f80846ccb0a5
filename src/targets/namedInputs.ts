import path from 'node:path';
import { yamlValues } from '../dialects/yamlValues.ts';
import { KUSTOMIZATION_FILES } from '../model/entryFiles.ts';
import { objectsAt } from '../model/fields.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { isObject, type ManifestObject, textAt } from '../model/manifest.ts';
import type { NamedInput } from '../model/remoteInputs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { kustomizationInputs } from './kustomize/namedInputs.ts';
import { OPERATORS } from './operators.ts';

/** How a file may look that names something elsewhere. */
const ADDRESS = /:\/\/|@|github\.com/i;

/** What a commit's objects, kustomizations and charts have their operators fetch from elsewhere. */
export async function namedInputs(
  snapshot: Snapshot,
  objects: readonly FoundObject[],
): Promise<NamedInput[]> {
  const files = [...snapshot.entries.values()].filter(
    ({ kind, path: file }) => kind === 'file' && READERS.has(path.posix.basename(file)),
  );
  const inFiles = await Promise.all(files.map(({ path: file }) => fileInputs(snapshot, file)));
  const inObjects = objects.flatMap((object) => OPERATORS.flatMap((operator) => operator.inputsOf(object)));
  return [...inFiles.flat(), ...inObjects];
}

/** Who reads a file, by its name. */
const READERS: ReadonlyMap<string, (content: ManifestObject) => NamedInput[]> = new Map([
  ...KUSTOMIZATION_FILES.map((name) => [name, kustomizationInputs] as const),
  ...['Chart.yaml', 'requirements.yaml'].map((name) => [name, dependencyInputs] as const),
]);

async function fileInputs(snapshot: Snapshot, file: string): Promise<NamedInput[]> {
  const text = new TextDecoder().decode(await snapshot.read(file));
  const read = READERS.get(path.posix.basename(file));
  if (read === undefined || !ADDRESS.test(text)) return [];
  return yamlValues(text).flatMap((content) => (isObject(content) ? read(content) : []));
}

function dependencyInputs(chart: ManifestObject): NamedInput[] {
  return objectsAt(chart, ['dependencies']).flatMap((dependency): NamedInput[] => {
    const repository = textAt(dependency, ['repository']) ?? '';
    return repository === ''
      ? []
      : [{ kind: 'chart', repository, chart: textAt(dependency, ['name']) ?? '' }];
  });
}
