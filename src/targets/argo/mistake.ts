import type { FieldPath } from '../../model/manifest.ts';
import type { Told } from '../../model/told.ts';
import { type Refusal, refuseMistake } from '../refusal.ts';

/** An Application that Argo CD itself would refuse. */
export function mistake(told: Told, fieldPath: FieldPath, rule = 'render/invalid-application'): Refusal {
  return refuseMistake({ rule, fieldPath }, told);
}
