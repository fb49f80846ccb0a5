import { createHash } from 'node:crypto';
import type { Engine } from '../../../engine/engine.ts';
import type { ObjectValidation } from '../../../engine/protocol/validation.ts';

/** As many answers are kept; most are empty. */
const KEPT = 50_000;

/** Objects of one request, so that none takes long. */
const BATCH = 200;

/**
 * What each engine has answered, by version and content: base and head, and the overlays of
 * one base, have mostly the same objects.
 */
const answers = new WeakMap<Engine, Map<string, ObjectValidation>>();

/**
 * The engine's validation of objects, each different one asked for once.
 */
export async function askOnce(
  engine: Engine,
  version: string,
  objects: readonly unknown[],
): Promise<(ObjectValidation | undefined)[]> {
  const known = answers.get(engine) ?? new Map<string, ObjectValidation>();
  answers.set(engine, known);
  if (known.size > KEPT) known.clear();
  const keys = objects.map((object) => keyOf(version, object));
  const open = new Map(objects.map((object, index) => [keys[index] ?? '', object] as const));
  const found = new Map<string, ObjectValidation>();
  for (const key of open.keys()) {
    const answer = known.get(key);
    if (answer !== undefined) found.set(key, answer);
  }
  const asked = [...open].filter(([key]) => !found.has(key));
  for (let start = 0; start < asked.length; start += BATCH) {
    const batch = asked.slice(start, start + BATCH);
    const results = await engine.validate({ version, objects: batch.map(([, object]) => object) });
    for (const [index, [key]] of batch.entries()) {
      const result = results[index];
      if (result === undefined) continue;
      found.set(key, result);
      // A failure may be of the moment.
      if (result.checked || result.problem === undefined) known.set(key, result);
    }
  }
  return keys.map((key) => found.get(key));
}

function keyOf(version: string, object: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([version, object]))
    .digest('base64');
}
