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
  const name = field.map(shownKey).join('.');
  const subject = isHelmValue
    ? `The value ${name} is put into a Secret by its chart`
    : `${capital(name)} is put into a Secret`;
  return {
    rule: isHelmValue ? 'secret/helm-value' : 'secret/plain-secret',
    severity: 'error',
    message: `${subject}, and is committed in plain; ${WAY_OUT}`,
    fieldPath: value.path,
    resource: secretId(withoutHash(resource.name), resource.namespace),
    location,
    values: [{ key: value.key, value: value.value }],
  };
}

function capital(name: string): string {
  return name === '' ? 'This text' : `The text ${name}`;
}
