import { isPair, isScalar, isSeq } from 'yaml';
import type { FieldPath } from '../model/manifest.ts';

/** The fields and indices on the way to a node; null behind a key that is no text. */
export function stepsTo(path: readonly unknown[]): FieldPath | null {
  const steps: (string | number)[] = [];
  for (const [index, node] of path.entries()) {
    if (isPair(node)) {
      if (!isScalar(node.key)) return null;
      steps.push(String(node.key.value));
    }
    if (isSeq(node)) {
      const next = path[index + 1];
      if (next !== undefined) steps.push(node.items.indexOf(next));
    }
  }
  return steps;
}
