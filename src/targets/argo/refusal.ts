import type { Violation } from '../../model/finding.ts';
import type { FieldPath } from '../../model/manifest.ts';

/** Why nothing can be rendered of a source. */
export interface Refusal {
  /** A sentence for the author. */
  readonly refused: string;
  /** What is wrong, where it is a mistake and not something that only Argo CD can do. */
  readonly violation?: Violation | undefined;
}

/** Something that only Argo CD, or only with other settings Hydrant, can do. */
export function refuse(reason: string): Refusal {
  return { refused: reason };
}

/** An Application that Argo CD itself would refuse. */
export function mistake(message: string, fieldPath: FieldPath, rule = 'render/invalid-application'): Refusal {
  return { refused: message, violation: { rule, severity: 'error', message, fieldPath } };
}

/** True for a refusal among what might have been rendered. */
export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}
