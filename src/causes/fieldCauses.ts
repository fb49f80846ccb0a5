import type { CauseField, CausesParams, FieldCause } from '../engine/engine.ts';
import { groupBy } from '../model/groupBy.ts';
import type { KeyedSource } from '../model/keyedSource.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import type { RenderContext } from '../render/renderTarget.ts';

/** A field of a rendered resource that a chart may have made of a value. */
export interface AskedField {
  /** What the resource is rendered from. */
  readonly source: KeyedSource;
  readonly resource: Resource;
  readonly fieldPath: FieldPath;
  /** Fields below it that a finding misses. */
  readonly missing: readonly FieldPath[];
}

/**
 * The values that fields follow, in the order of the fields: found by rendering with one value
 * changed at a time. Those of one source are asked for together, so that fields with one cause
 * cost one rendering. Null where none is found within the engine's bounds, or several that have
 * equal parts in the field.
 * @throws when aborted, and when the engine cannot be started.
 */
export async function fieldCauses(
  fields: readonly (AskedField | null)[],
  context: RenderContext,
): Promise<(FieldCause | null)[]> {
  const asked = fields.filter((field) => field !== null);
  const found = new Map<AskedField, FieldCause>();
  const ask = async (group: readonly AskedField[]): Promise<void> => {
    const [first] = group;
    if (first === undefined) return;
    const reply = await context.engine.findCauses(paramsOf(first.source, group, context), context.signal);
    for (const [index, field] of group.entries()) {
      const cause = reply.fields[index] ?? null;
      if (cause !== null) found.set(field, cause);
    }
  };
  await Promise.all([...groupBy(asked, ({ source }) => source.key).values()].map(ask));
  return fields.map((field) => (field === null ? null : (found.get(field) ?? null)));
}

function paramsOf(
  source: KeyedSource,
  fields: readonly AskedField[],
  { snapshot, redactor }: RenderContext,
): CausesParams & { readonly source: KeyedSource } {
  return {
    gitDir: snapshot.gitDir,
    commit: snapshot.commit,
    source,
    redaction: { mode: 'digest', key: redactor.key },
    fields: fields.map(toCauseField),
  };
}

function toCauseField({ resource: { index, kind, name }, fieldPath, missing }: AskedField): CauseField {
  return { index, kind, name, fieldPath, missing };
}
