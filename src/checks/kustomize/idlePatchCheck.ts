import type { Document, Node } from 'yaml';
import { decodeText } from '../../dialects/decodeText.ts';
import { entries, field, items, linesOf, type SourceFile, textField } from '../../dialects/sourceFile.ts';
import { isKustomization, sourceFile } from '../../locate/kustomizationFiles.ts';
import { groupBy } from '../../model/groupBy.ts';
import type { SubjectViolation } from '../../model/judgement.ts';
import type { ManifestValue } from '../../model/manifest.ts';
import type { RenderedTarget, Rendering } from '../../model/rendering.ts';
import type { Target } from '../../model/target.ts';
import { rendersWith } from '../../render/rendersWith.ts';
import type { RenderContext } from '../../render/renderTarget.ts';
import type { Check } from '../check.ts';
import type { CommitWorld } from '../world.ts';
import { deletedByPatches } from './deletedByPatches.ts';
import { idleDeclaredPatches } from './idleDeclaredPatches.ts';
import { idlePatch, MOST_PATCHES, PROBE } from './idlePatch.ts';
import { plainlySelects } from './plainlySelects.ts';

/**
 * Patches of affected targets whose `target` selects no resource: kustomize says nothing of
 * them, and they change nothing. Told by rendering with a patch in their place that fails on
 * whatever it is applied to. A component's are left out: its patches may be for some overlays only.
 * So is one for what the same kustomization deletes: no name is wrong there, and it would count again
 * without the deletion.
 */
export const idlePatchCheck: Check = {
  concern: 'render',
  judge: async (compared, { base, head }) => {
    const affected = compared.filter((one) => one.affected && one.head?.status !== 'failed');
    const [before, after] = await Promise.all([
      findIdlePatches(
        affected.map((one) => one.base),
        base,
      ),
      findIdlePatches(
        affected.map((one) => one.head),
        head,
      ),
    ]);
    return { before, after, gaps: [], undecided: [] };
  },
};

/** Targets of one source have the same idle patches, which are looked for once. */
export async function findIdlePatches(
  renderings: readonly (Rendering | null)[],
  { rendering: context, discovery }: Pick<CommitWorld, 'rendering' | 'discovery'>,
): Promise<SubjectViolation[]> {
  const rendered = renderings.filter((rendering) => rendering?.status === 'rendered');
  const alike = groupBy(rendered, ({ target: { source } }) => (source.tool === 'none' ? '' : source.key));
  const own = [...alike.values()].map(async ([first, ...others]) => {
    const patches = first === undefined ? [] : await idleOf(first, context);
    return [first, ...others].flatMap((one) =>
      one === undefined ? [] : patches.map((patch) => onPatch(one.target, patch)),
    );
  });
  const declared = rendered.map(async (rendering) => {
    const record = discovery.declared.get(rendering.target.id);
    return record === undefined ? [] : idleDeclaredPatches(rendering, record, context);
  });
  return (await Promise.all([...own, ...declared])).flat();
}

async function idleOf(rendering: RenderedTarget, context: RenderContext): Promise<Patch[]> {
  const {
    trace,
    resources,
    target: { source },
  } = rendering;
  // Before `flux bootstrap` the files that its patches are for are empty.
  if (source.tool !== 'kustomize' || resources.length === 0) return [];
  const paths = trace
    .filter(({ path, state }) => state === 'file' && isKustomization(path))
    .map(({ path }) => path);
  const files = await Promise.all(paths.map((path) => sourceFile(context.snapshot, path)));
  const patches = files
    .flatMap((file) => (file === null ? [] : unmatchedIn(file, rendering)))
    .slice(0, MOST_PATCHES);
  const tries = patches.map(async (patch) => {
    const { path } = patch.file;
    return { path, text: withProbe(decodeText(await context.snapshot.read(path)), patch) };
  });
  const renders = await rendersWith(source, await Promise.all(tries), context);
  const idle = patches.filter((_, index) => renders[index] === true);
  const isMeant = await Promise.all(idle.map((patch) => isForDeleted(patch, context)));
  return idle.filter((_, index) => isMeant[index] === false);
}

/** True where the patch's own kustomization deletes what the patch is for. */
async function isForDeleted({ file, selector }: Patch, { snapshot }: RenderContext): Promise<boolean> {
  return plainlySelects(selector, { resources: await deletedByPatches(file, snapshot) });
}

function onPatch(target: Target, { selector, file, at }: Patch): SubjectViolation {
  const names = entries(selector).map(({ key }) => `${key} ${textField(selector, key)}`);
  return { subject: { is: 'patch', target }, violation: idlePatch(names), location: linesOf(file, at) };
}

/** A patch with a target. */
interface Patch {
  readonly file: SourceFile;
  readonly document: Document;
  readonly entry: Node;
  /** The key of its target. */
  readonly at: Node;
  readonly selector: Node;
}

/** Those whose target does not plainly select one of the rendered resources. */
function unmatchedIn(file: SourceFile, rendering: RenderedTarget): Patch[] {
  const [document] = file.documents;
  if (document === undefined || textField(document.contents, 'kind') === 'Component') return [];
  return ['patches', 'patchesJson6902']
    .flatMap((list) => items(field(document.contents, list)))
    .flatMap((entry): Patch[] => {
      const target = entries(entry).find(({ key }) => key === 'target');
      if (target?.value === undefined) return [];
      const isMatched = plainlySelects(target.value, rendering);
      return isMatched ? [] : [{ file, document, entry, at: target.at, selector: target.value }];
    });
}

function withProbe(text: string, { entry, document, selector }: Patch): string {
  const [start, end] = entry.range ?? [0, 0];
  // Of the failsafe schema: texts, lists and mappings.
  const target = selector.toJS(document) as ManifestValue;
  return `${text.slice(0, start)}${JSON.stringify({ target, patch: PROBE })}\n${text.slice(end)}`;
}
