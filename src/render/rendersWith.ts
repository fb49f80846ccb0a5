import type { Try } from '../engine/engine.ts';
import type { KeyedSource } from '../model/keyedSource.ts';
import type { RenderContext } from './renderTarget.ts';

/**
 * Whether a target would render with one text of its input changed: of each try, in their order.
 * False where the target itself does not render.
 * @throws only when aborted, or when the engine cannot be started at all.
 */
export async function rendersWith(
  source: KeyedSource,
  tries: readonly Try[],
  { engine, snapshot, redactor, signal }: RenderContext,
): Promise<readonly boolean[]> {
  if (tries.length === 0) return [];
  const { gitDir, commit } = snapshot;
  const redaction = { mode: 'digest', key: redactor.key } as const;
  const { renders } = await engine.findCauses({ gitDir, commit, source, redaction, tries }, signal);
  return renders;
}
