import type { FieldPath } from '../../model/manifest.ts';
import type { Refusal } from '../refusal.ts';

/** An Application that Argo CD itself would refuse. */
export function mistake(message: string, fieldPath: FieldPath, rule = 'render/invalid-application'): Refusal {
  return { refused: message, violation: { rule, severity: 'error', message, fieldPath } };
}
