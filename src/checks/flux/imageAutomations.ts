import path from 'node:path';
import { digestOf } from '../../model/digestOf.ts';
import { filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { Gap } from '../../model/judgement.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestValue, valueAt } from '../../model/manifest.ts';

/** The markers in each file: what they name, such as `flux-system:web:tag`. */
export type MarkersByFile = ReadonlyMap<string, readonly (string | null)[]>;

const SAID = Kind.ImageUpdateAutomation('spec');

/**
 * What image automation writes is known only when it runs. A pull request that changes what it
 * reads (its `update` and `policySelector`, the labels by which that selects, the markers below
 * `update.path`) is told that nobody has looked at that. The values at the markers do not count: they are
 * held against their policies.
 * https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export function automationGaps(objects: readonly FoundObject[], markers: MarkersByFile): Gap[] {
  const automations = objects.filter(({ resource }) => isOf(resource, 'ImageUpdateAutomation'));
  return automations.map(({ resource }): Gap => {
    const { manifest, name, namespace } = resource;
    const read = (field: 'policySelector' | 'update'): ManifestValue =>
      valueAt(manifest, [...SAID, field]) ?? null;
    const folder = filledText(manifest, [...SAID, 'update', 'path']) ?? '.';
    const decides = [read('update'), read('policySelector'), ...labelsOf(objects), ...below(folder, markers)];
    return {
      subject: `ImageUpdateAutomation ${namespace === null ? '' : `${namespace}/`}${name}`,
      reason: `what it writes below ${folder} is known only when it runs: \`update\` and \`policySelector\` are not followed`,
      concern: 'policies',
      decidedBy: digestOf(decides),
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
function below(folder: string, markers: MarkersByFile): ManifestValue[] {
  const root = path.posix.join('/', folder, '/');
  return [...markers]
    .filter(([file, { length }]) => length > 0 && `/${file}`.startsWith(root))
    .map(([file, named]) => [file, ...named]);
}

function isOf({ group, kind }: FoundObject['resource'], wanted: string): boolean {
  return group === 'image.toolkit.fluxcd.io' && kind === wanted;
}
