import { Document } from 'yaml';
import type { SubjectViolation } from '../../model/judgement.ts';
import { isObject, type ManifestObject } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import type { KustomizeSource } from '../../model/renderSource.ts';
import { rendersWith } from '../../render/rendersWith.ts';
import type { RenderContext } from '../../render/renderTarget.ts';
import { idlePatch, MOST_PATCHES, PROBE } from './idlePatch.ts';
import { plainlySelects } from './plainlySelects.ts';

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
  const { source } = target;
  const [edit, ...others] = declared;
  // Of several sources, or of what runs after a chart, it is not plain which patch is whose.
  if (source.tool !== 'kustomize' || edit === undefined || others.length > 0 || resources.length === 0)
    return [];
  const { patches = [] } = source.edits ?? {};
  const doubtful = patches
    .flatMap((patch, index) => {
      const selector = patch['target'];
      if (!isObject(selector)) return [];
      const document = new Document(selector);
      return plainlySelects(document.contents, rendering) ? [] : [{ index, selector }];
    })
    .slice(0, MOST_PATCHES);
  const tries = doubtful.map(({ index, selector }) => ({
    source: withPatches(source, patches.with(index, { target: selector, patch: PROBE })),
  }));
  const renders = await rendersWith(source, tries, context);
  return doubtful
    .filter((_, at) => renders[at] === true)
    .map(({ index, selector }) => ({
      subject: { is: 'object', object },
      violation: {
        ...idlePatch(namesOf(selector)),
        fieldPath: [...edit.fieldPath, 'patches', index, 'target'],
      },
    }));
}

function withPatches(source: KustomizeSource, patches: readonly ManifestObject[]): KustomizeSource {
  return { ...source, edits: { ...source.edits, patches } };
}

function namesOf(selector: ManifestObject): string[] {
  return Object.entries(selector).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
}
