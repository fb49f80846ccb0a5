import path from 'node:path';
import { KUSTOMIZATION_FILES } from '../../model/entryFiles.ts';
import { flagAt, listAt, objectAt, objectsAt, textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { KustomizationEdits, KustomizeImage, KustomizeSource } from '../../model/renderSource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { told } from '../../model/told.ts';
import { buildOptions } from '../kustomize/buildOptions.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { substitute } from './buildEnvironment.ts';
import { kustomizeCharts } from './kustomizeCharts.ts';
import { parseKustomizeImage } from './kustomizeImage.ts';
import { kustomizeLabels } from './kustomizeLabels.ts';
import { mistake } from './mistake.ts';
import type { SourceContext } from './sourceContext.ts';
import { inRepository } from './thisCommit.ts';
import { readYamlFile } from './yamlFile.ts';

/**
 * A folder with a kustomization, with what the Application's `kustomize` changes of it.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/kustomize/kustomize.go (Build)
 */
export async function kustomizeSource(
  context: SourceContext,
  folder: string,
): Promise<KustomizeSource | Refusal> {
  const options = objectAt(context.source, Kind.ApplicationSource('kustomize'));
  const own = await readKustomization(context.tree.snapshot, folder);
  const given = buildOptions(context.argo.settings);
  const charts = kustomizeCharts(context, given);
  if (isRefusal(charts)) return charts;
  const place = {
    tool: 'kustomize',
    path: folder,
    ...inRepository(context.tree),
    ...given,
    ...charts,
  } as const;
  if (options === undefined) return place;
  const images = kustomizeImages(context, options);
  if (isRefusal(images)) return images;
  const replicas = kustomizeReplicas(context, options);
  if (isRefusal(replicas)) return replicas;
  const labels = kustomizeLabels(context, options, own);
  if (isRefusal(labels)) return labels;
  const edits: KustomizationEdits = {
    ...texts(options),
    ...(images.length > 0 ? { images } : {}),
    ...(replicas.length > 0 ? { replicas } : {}),
    ...labels,
    ...lists(options),
  };
  return { ...place, ...(Object.keys(edits).length > 0 ? { edits } : {}) };
}

function texts(options: ManifestObject): KustomizationEdits {
  return Object.fromEntries(
    (['namespace', 'namePrefix', 'nameSuffix'] as const).flatMap((field) => {
      const value = textAt(options, Kind.ApplicationKustomize(field)) ?? '';
      return value === '' ? [] : [[field, value]];
    }),
  );
}

function lists(options: ManifestObject): KustomizationEdits {
  const patches = objectsAt(options, Kind.ApplicationKustomize('patches'));
  const components = textsAt(options, Kind.ApplicationKustomize('components'));
  return {
    ...(patches.length > 0 ? { patches } : {}),
    ...(components.length > 0 ? { components } : {}),
    ...(flagAt(options, Kind.ApplicationKustomize('ignoreMissingComponents'))
      ? { ignoreMissingComponents: true }
      : {}),
  };
}

function kustomizeImages(
  { environment, fieldPath }: SourceContext,
  options: ManifestObject,
): KustomizeImage[] | Refusal {
  const images = new Map<string, KustomizeImage>();
  for (const [index, text] of textsAt(options, Kind.ApplicationKustomize('images')).entries()) {
    const image = parseKustomizeImage(substitute(text, environment));
    if (image === null) {
      const problem = told('image-unchanged', {
        image: text,
      })`the image ${'image'} has neither a new name, nor a tag, nor a digest; write name=newName, name:tag or name@digest`;
      return mistake(problem, [...fieldPath, 'kustomize', 'images', index]);
    }
    images.set(image.name, image);
  }
  return [...images.values()];
}

function kustomizeReplicas(
  { fieldPath }: SourceContext,
  options: ManifestObject,
): { name: string; count: number }[] | Refusal {
  const replicas = new Map<string, number>();
  for (const [index, item] of listAt(options, Kind.ApplicationKustomize('replicas')).entries()) {
    const name = textAt(item, ['name']);
    if (!isObject(item) || name === undefined) continue;
    const count = item['count'];
    const text = typeof count === 'number' || typeof count === 'string' ? String(count) : '';
    if (!/^[+-]?\d+$/.test(text)) {
      const problem = told('replica-count', { name })`the replica count of ${'name'} must be an integer`;
      return mistake(problem, [...fieldPath, 'kustomize', 'replicas', index, 'count']);
    }
    replicas.set(name, Number(text));
  }
  return [...replicas].map(([name, count]) => ({ name, count }));
}

/** The kustomization's own content; empty where it cannot be read, which its build will tell. */
async function readKustomization(snapshot: Snapshot, folder: string): Promise<ManifestObject> {
  for (const name of KUSTOMIZATION_FILES) {
    const read = await readYamlFile(snapshot, path.posix.join(folder, name));
    if (read !== null) return 'content' in read && isObject(read.content) ? read.content : {};
  }
  return {};
}
