import { afterAll } from '@jest/globals';
import { Placer } from '../../src/causes/placer.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import { wantedFor } from '../../src/locate/locate.ts';
import type { Wanted } from '../../src/locate/wanted.ts';
import type { FieldPath } from '../../src/model/manifest.ts';
import type { OperatorRecord } from '../../src/model/operatorRecord.ts';
import { Redactor } from '../../src/model/redacted.ts';
import type { Target } from '../../src/model/target.ts';
import { type RenderContext, renderOrigins, renderTarget } from '../../src/render/renderTarget.ts';
import type { Operator } from '../../src/targets/operator.ts';
import { followObjects, onlyFollowed } from '../helpers/followObjects.ts';
import { ownSnapshot } from '../helpers/ownCommits.ts';
import type { TestFiles } from '../helpers/repository.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** A commit's target, and what the object says of it that declares it, if one does. */
export interface TargetAt {
  readonly context: RenderContext;
  readonly target: Target;
  readonly record?: OperatorRecord;
}

/** The only target that an operator's objects in a commit declare. */
export async function declaredBy(
  operator: Operator,
  files: TestFiles,
): Promise<TargetAt & { readonly record: OperatorRecord }> {
  const context = await contextOf(files);
  const { target, record } = onlyFollowed(
    await followObjects(operator, { engine, snapshot: context.snapshot }),
  );
  return { context, target, record: { ...record, children: [] } };
}

/** What a commit with these files is rendered with; open until the test file ends. */
export async function contextOf(files: TestFiles): Promise<RenderContext> {
  return { engine, snapshot: await ownSnapshot(files), redactor: new Redactor('00') };
}

/** A field of the first resource of a kind that the target renders. */
export async function wantedField(
  { target, context }: TargetAt,
  kind: string,
  fieldPath: FieldPath,
): Promise<Wanted> {
  const rendering = await renderTarget(target, context);
  if (rendering.status === 'failed') throw new Error(rendering.problem.message);
  const resource = rendering.resources.find((one) => one.kind === kind);
  const origin = (await renderOrigins(target, context))[resource?.index ?? -1];
  if (resource === undefined || origin === undefined) throw new Error(`no ${kind} was rendered`);
  return wantedFor({ snapshot: context.snapshot, resource, origin, fieldPath });
}

/** Tells lines of the commit, as a review does. */
export function placerOf({ target, record, context }: TargetAt): Placer {
  const declared = new Map(record === undefined ? [] : [[target.id, record]]);
  return new Placer(context, { declared });
}
