import path from 'node:path';
import { digestOf } from '../../model/digestOf.ts';
import { filledText } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import type { Gap } from '../../model/judgement.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestValue, valueAt } from '../../model/manifest.ts';
import { automationElsewhere, type OwnRepository } from '../../targets/automationElsewhere.ts';

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
 * reads (its `update` and `policySelector`, where it looks) is told that nobody has looked at that. Markers
 * below `update.path` that have a policy in this repository, and the policies' labels, do not count where
 * all have one: whatever it writes there is of that policy, and the values are held against it already.
 * So nobody is told of an automation that is new, where it finds such markers and no others.
 * https://fluxcd.io/flux/components/image/imageupdateautomations/
 */
export function automationGaps(
  objects: readonly FoundObject[],
  markers: MarkersByFile,
  own: OwnRepository,
): Gap[] {
  const automations = objects.filter(({ resource }) => isOf(resource, 'ImageUpdateAutomation'));
  return automations.map((automation): Gap => {
    const { manifest, name, namespace } = automation.resource;
    const read = (field: 'policySelector' | 'update'): ManifestValue =>
      valueAt(manifest, [...SAID, field]) ?? null;
    const folder = filledText(manifest, [...SAID, 'update', 'path']) ?? '.';
    const elsewhere = automationElsewhere(automation, objects, own);
    const found = elsewhere === null ? below(folder, markers) : [];
    const unjudged = found
      .map(([file, all]) => [file, ...all.filter(({ isJudged }) => !isJudged).map(({ setter }) => setter)])
      .filter(({ length }) => length > 1);
    const isJudged = found.length > 0 && unjudged.length === 0;
    const decides = [read('update'), read('policySelector'), ...(isJudged ? [] : labelsOf(objects))];
    const where = elsewhere === null ? '' : ` of ${elsewhere},`;
    return {
      subject: `ImageUpdateAutomation ${namespace === null ? '' : `${namespace}/`}${name}`,
      reason: `what it writes below ${folder}${where} is known only when it runs: \`update\` and \`policySelector\` are not followed`,
      concern: 'policies',
      decidedBy: digestOf([...decides, ...unjudged]),
      onlyOfChanges: isJudged,
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
