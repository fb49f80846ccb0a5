import { Ajv, type ValidateFunction } from 'ajv';
import type { Violation } from '../../../src/emulator/violation.ts';
import { describeErrors } from './describeErrors.ts';
import { addFormats } from './formats.ts';
import { packagedJson } from './packagedJson.ts';

let ajv: Ajv | undefined;
const validators = new Map<string, ValidateFunction>();

/** What is wrong with a webhook's payload, by `@octokit/webhooks-schemas`. */
export function checkPayload(event: string, action: string, payload: unknown): Violation[] {
  const where = `${event}.${action}`;
  const validate = validatorOf(`${event}$${action}`);
  if (validate === undefined) return [{ kind: 'payload', where, message: 'no such event is published' }];
  if (validate(payload)) return [];
  return [{ kind: 'payload', where, message: describeErrors('payload', validate.errors) }];
}

function validatorOf(definition: string): ValidateFunction | undefined {
  const known = validators.get(definition);
  if (known !== undefined) return known;
  ajv ??= withDefinitions();
  // `$` needs no escape in a JSON pointer.
  const validate = ajv.getSchema(`webhooks#/definitions/${definition}`);
  if (validate !== undefined) validators.set(definition, validate);
  return validate;
}

/** Without the schema's root, a choice of all events: Ajv would compile it first, for seconds. */
function withDefinitions(): Ajv {
  const { definitions } = packagedJson<{ definitions: object }>('@octokit/webhooks-schemas/schema.json');
  const options = { strict: false, allErrors: true, validateSchema: false } as const;
  return addFormats(new Ajv(options)).addSchema({ definitions }, 'webhooks');
}
