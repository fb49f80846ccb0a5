import type { Location } from '../model/finding.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import { shownKey } from '../model/secretValue.ts';
import { type SecretViolation, secretId, WAY_OUT } from './committed.ts';
import type { RenderedValue } from './findSecretsInResource.ts';

/** A text of the commit that makes a value of a rendered Secret. */
export interface CauseOfValue {
  readonly resource: Resource;
  readonly value: RenderedValue;
  /** The names on the way to the text. */
  readonly field: readonly string[];
  readonly location: Location;
  /** True for a value of a chart. */
  readonly isHelmValue: boolean;
}

/** Says of a text that rendering it puts it into a Secret. Several Secrets may have it. */
export function causeViolation(cause: CauseOfValue): SecretViolation {
  const { resource, value, field, location, isHelmValue } = cause;
  const about = { text: field.map(shownKey).join('.'), isHelmValue };
  return {
    rule: isHelmValue ? 'secret/helm-value' : 'secret/plain-secret',
    severity: 'error',
    message: isPutIntoSecret(about),
    about,
    fieldPath: value.path,
    resource: secretId(withoutHash(resource.name), resource.namespace),
    location,
    values: [{ key: value.key, value: value.value }],
  };
}

function isPutIntoSecret({
  text,
  isHelmValue,
}: {
  readonly text: string;
  readonly isHelmValue: boolean;
}): string {
  const subject = isHelmValue ? `The value ${text}` : text === '' ? 'This text' : `The text ${text}`;
  const by = isHelmValue ? ' by its chart' : '';
  return `${subject} is put into a Secret${by}, and is committed in plain; ${WAY_OUT}`;
}
