import type { FieldPath } from '../../model/manifest.ts';
import type { Told } from '../../model/told.ts';
import type { Refusal } from '../refusal.ts';

/** An Application that Argo CD itself would refuse. */
export function mistake(
  { text, about }: Told,
  fieldPath: FieldPath,
  rule = 'render/invalid-application',
): Refusal {
  return { refused: text, violation: { rule, severity: 'error', message: text, about, fieldPath } };
}
