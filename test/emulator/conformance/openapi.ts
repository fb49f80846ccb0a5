import { Ajv, type ValidateFunction } from 'ajv';
import type { DescribedRequest } from '../../../src/emulator/conformance.ts';
import type { Violation } from '../../../src/emulator/violation.ts';
import { CORRECTED_RESPONSES, corrected } from './corrections.ts';
import { describeErrors } from './describeErrors.ts';
import { addFormats } from './formats.ts';
import { packagedJson } from './packagedJson.ts';

/** The parts of OpenAPI 3.0 that the checks read. */
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
  };
}

interface Operation {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Response {
  readonly content?: Content;
}

interface Reference {
  readonly $ref: string;
}

type Content = Readonly<Record<string, { readonly schema: Schema } | undefined>>;
type Schema = Readonly<Record<string, unknown>>;

interface Checkers {
  readonly request: (request: DescribedRequest) => string[];
  readonly response: (status: number, body: unknown) => string | null;
}

const checkers = new Map<string, Checkers>();
let loaded: { readonly description: Description; readonly bodies: Ajv; readonly texts: Ajv } | undefined;

/**
 * Holds a request against GitHub's OpenAPI description.
 * @param operation method and path template, such as `GET /repos/{owner}/{repo}`.
 * @returns what does not conform.
 */
export function checkRequest(operation: string, request: DescribedRequest): Violation[] {
  const problems = checkersOf(operation).request(request);
  return problems.map((message) => ({ kind: 'request', where: operation, message }));
}

/** Holds a response against GitHub's OpenAPI description; errors of any status may be the basic one. */
export function checkResponse(operation: string, status: number, body: unknown): Violation[] {
  const message = checkersOf(operation).response(status, body);
  return message === null ? [] : [{ kind: 'response', where: `${operation} (${status})`, message }];
}

/** Whether GitHub has the operation, emulated or not. */
export function isDescribed(method: string, path: string): boolean {
  const { description } = load();
  return Object.entries(description.paths).some(
    ([template, operations]) =>
      operations[method.toLowerCase()] !== undefined &&
      new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  );
}

function load() {
  if (loaded !== undefined) return loaded;
  const description = packagedJson<Description>('@octokit/openapi/generated/api.github.com.json');
  const options = { strict: false, allErrors: true, validateSchema: false, addUsedSchema: false } as const;
  const components = { components: { schemas: readable(corrected(description.components.schemas)) } };
  const bodies = addFormats(new Ajv(options)).addSchema(components, 'github');
  // Parameters say their types in place, so it needs no components (and adding them takes long).
  const texts = addFormats(new Ajv({ ...options, coerceTypes: true }));
  loaded = { description, bodies, texts };
  return loaded;
}

/** Ajv knows `nullable` beside a plain `type` only; elsewhere it is said in JSON Schema's words. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'example' && key !== 'examples');
  const copy: Record<string, unknown> = Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace(/^#/, 'github#') : readable(inner),
    ]),
  );
  if (copy.nullable !== true || (copy.type !== undefined && copy.enum === undefined)) return copy;
  delete copy.nullable;
  return { anyOf: [{ type: 'null' }, copy] };
}

function checkersOf(operation: string): Checkers {
  const known = checkers.get(operation);
  if (known !== undefined) return known;
  const [method = '', path = ''] = operation.split(' ');
  const described = load().description.paths[path]?.[method.toLowerCase()];
  if (described === undefined) throw new Error(`GitHub's OpenAPI description has no ${operation}`);
  const made = { request: requestChecker(described), response: responseChecker(operation, described) };
  checkers.set(operation, made);
  return made;
}

function requestChecker(operation: Operation): Checkers['request'] {
  const { bodies, texts, description } = load();
  const parameters = (operation.parameters ?? []).map((one) =>
    resolve(one, description.components.parameters),
  );
  const params = texts.compile(objectOf(parameters, 'path'));
  const queries = texts.compile(objectOf(parameters, 'query'));
  const schema = operation.requestBody?.content['application/json']?.schema;
  const body = schema === undefined ? undefined : bodies.compile(closed(schema));
  return (request) => {
    const problems = [
      // Ajv turns texts into the described types in place.
      problemsOf(params, { ...request.params }, 'path'),
      problemsOf(queries, { ...request.query }, 'query'),
      bodyProblem(body, operation.requestBody?.required === true, request.body),
    ];
    return problems.filter((one) => one !== null);
  };
}

function bodyProblem(
  validate: ValidateFunction | undefined,
  required: boolean,
  body: unknown,
): string | null {
  if (body === undefined) return required ? 'body is missing' : null;
  if (validate === undefined) return 'body is not described';
  return problemsOf(validate, body, 'body');
}

function problemsOf(validate: ValidateFunction, value: unknown, part: string): string | null {
  return validate(value) ? null : describeErrors(part, validate.errors);
}

function objectOf(parameters: readonly Parameter[], place: Parameter['in']): Schema {
  const here = parameters.filter((one) => one.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(here.map(({ name, schema }) => [name, readable(schema)])),
    required: here.filter(({ required }) => required === true).map(({ name }) => name),
    // GitHub ignores what it does not know; here it is a typing error to be found.
    additionalProperties: place === 'path',
  };
}

/** A body's schema that takes no field without a description: a typing error is to be found. */
function closed(schema: Schema): Schema {
  const copy: Schema = Object(readable(schema));
  return copy.properties === undefined ? copy : { additionalProperties: false, ...copy };
}

function responseChecker(name: string, operation: Operation): Checkers['response'] {
  const { bodies, description } = load();
  const compiled = new Map<number, ValidateFunction | null>();
  const validatorOf = (status: number): ValidateFunction | null | undefined => {
    const known = compiled.get(status);
    if (known !== undefined) return known;
    const described = operation.responses[status];
    if (described === undefined && status < 400) return undefined;
    const response = described && resolve(described, description.components.responses);
    const schema =
      CORRECTED_RESPONSES[`${name} ${status}`] ??
      response?.content?.['application/json']?.schema ??
      (status < 400 ? null : BASIC_ERROR);
    const validate = schema === null ? null : bodies.compile(Object(readable(schema)));
    compiled.set(status, validate);
    return validate;
  };
  return (status, body) => {
    const validate = validatorOf(status);
    if (validate === undefined) return 'no such status is described';
    if (validate === null) return body === undefined ? null : 'a body, where none is described';
    return problemsOf(validate, body, 'body');
  };
}

const BASIC_ERROR: Schema = { $ref: '#/components/schemas/basic-error' };

function resolve<T extends object>(one: T | Reference, all: Readonly<Record<string, T>>): T {
  if (!('$ref' in one)) return one;
  const found = all[one.$ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`GitHub's OpenAPI description has no ${one.$ref}`);
  return found;
}
