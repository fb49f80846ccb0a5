import { Document } from 'yaml';
import { selects } from '../../locate/selector.ts';
import type { SubjectViolation } from '../../model/judgement.ts';
import { keyed } from '../../model/keyedSource.ts';
import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import type { RenderSource } from '../../model/renderSource.ts';
import { withoutHash } from '../../model/resource.ts';
import type { NotFollowed } from '../../model/target.ts';
import { type RenderContext, rendersChanged } from '../../render/renderTarget.ts';
import { idlePatch, MOST_PATCHES, PROBE } from './idlePatch.ts';

/**
 * The patches of an operator's object whose target selects no resource, as those of an
 * Application's `kustomize.patches` or of a Kustomization of Flux.
 */
export async function idleDeclaredPatches(
  rendering: RenderedTarget,
  { object, edits: declared }: Pick<OperatorRecord, 'object' | 'edits'>,
  context: RenderContext,
): Promise<SubjectViolation[]> {
  const { target, resources } = rendering;
  const { source }: { readonly source: RenderSource | NotFollowed } = target;
  const [edit, ...others] = declared;
  // Of several sources, or of what runs after a chart, it is not plain which patch is whose.
  if (source.tool !== 'kustomize' || edit === undefined || others.length > 0 || resources.length === 0)
    return [];
  const { edits = {} } = source;
  const { patches = [] } = edits;
  const doubtful = patches
    .flatMap((patch, index) => {
      const selector = patch['target'];
      return isObject(selector) && !plainlySelects(selector, rendering) ? [{ index, selector }] : [];
    })
    .slice(0, MOST_PATCHES);
  const found = await Promise.all(
    doubtful.map(async ({ index, selector }): Promise<SubjectViolation[]> => {
      const probed = patches.with(index, { target: selector, patch: PROBE });
      const changed = keyed({ ...source, edits: { ...edits, patches: probed } });
      if (!(await rendersChanged(changed, [], context))) return [];
      const fieldPath = [...edit.fieldPath, 'patches', index, 'target'];
      return [
        { subject: { is: 'object', object }, violation: { ...idlePatch(namesOf(selector)), fieldPath } },
      ];
    }),
  );
  return found.flat();
}

const PLAIN = new Set(['group', 'version', 'kind', 'name']);

function plainlySelects(selector: ManifestObject, { resources }: RenderedTarget): boolean {
  if (!Object.keys(selector).every((key) => PLAIN.has(key))) return false;
  const document = new Document(selector);
  return resources.some((resource) =>
    selects(document, document.contents ?? undefined, {
      resource,
      names: [resource.name, withoutHash(resource.name)],
      namespaceWasSet: true,
    }),
  );
}

function namesOf(selector: ManifestObject): string[] {
  return Object.entries(selector).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}
