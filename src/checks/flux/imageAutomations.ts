import path from 'node:path';
import { digestOf } from '../../model/digestOf.ts';
import { filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { Gap } from '../../model/judgement.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestValue, valueAt } from '../../model/manifest.ts';

/** A marker of image automation, as far as it decides what an automation writes. */
export interface ReadMarker {
  /** What it names, such as `flux-system:web:tag`; null where that cannot be read. */
  readonly setter: string | null;
  /** True where the value there is held against an ImagePolicy. */
  readonly isJudged: boolean;
}

type MarkersByFile = ReadonlyMap<string, readonly ReadMarker[]>;

const SAID = Kind.ImageUpdateAutomation('spec');

/**
 * What image automation writes is known only when it runs. A pull request that changes what it
 * reads (its `update` and `policySelector`, the labels by which that selects, the markers below
 * `update.path`) is told that nobody has looked at that. The values at the markers do not count: they are
 * held against their policies. So nobody is told of an automation that is new, where it finds markers in
 * this repository and all of them have a policy: what it is to write there is judged already.
 * https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export function automationGaps(objects: readonly FoundObject[], markers: MarkersByFile): Gap[] {
  const automations = objects.filter(({ resource }) => isOf(resource, 'ImageUpdateAutomation'));
  return automations.map(({ resource }): Gap => {
    const { manifest, name, namespace } = resource;
    const read = (field: 'policySelector' | 'update'): ManifestValue =>
      valueAt(manifest, [...SAID, field]) ?? null;
    const folder = filledText(manifest, [...SAID, 'update', 'path']) ?? '.';
    const found = below(folder, markers);
    const named = found.map(([file, all]) => [file, ...all.map(({ setter }) => setter)]);
    const decides = [read('update'), read('policySelector'), ...labelsOf(objects), ...named];
    return {
      subject: `ImageUpdateAutomation ${namespace === null ? '' : `${namespace}/`}${name}`,
      reason: `what it writes below ${folder} is known only when it runs: \`update\` and \`policySelector\` are not followed`,
      concern: 'policies',
      decidedBy: digestOf(decides),
      onlyOfChanges: found.length > 0 && found.every(([, all]) => all.every(({ isJudged }) => isJudged)),
    };
  });
}

function labelsOf(objects: readonly FoundObject[]): ManifestValue[] {
  return objects
    .filter(({ resource }) => isOf(resource, 'ImagePolicy'))
    .map(({ resource: { namespace, name, manifest } }) => [
      namespace,
      name,
      valueAt(manifest, ['metadata', 'labels']) ?? null,
    ]);
}

/** Flux joins the path to the source's root, and ends at it. */
function below(folder: string, markers: MarkersByFile): (readonly [string, readonly ReadMarker[]])[] {
  const root = path.posix.join('/', folder, '/');
  return [...markers].filter(([file, { length }]) => length > 0 && `/${file}`.startsWith(root));
}

function isOf({ group, kind }: FoundObject['resource'], wanted: string): boolean {
  return group === 'image.toolkit.fluxcd.io' && kind === wanted;
}
