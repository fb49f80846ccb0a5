import type { Conformance, DescribedRequest, Watch } from '../conformance.ts';
import type { Violation } from '../violation.ts';
import type { World } from '../world.ts';
import { appRoutes } from './apps.ts';
import { authenticate } from './authenticate.ts';
import { type Answer, ApiError, type Route } from './call.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { pullRoutes } from './pulls.ts';
import { repositoryRoutes } from './repositories.ts';

export interface RestRequest {
  readonly method: string;
  /** Without `/api/v3`, with the query. */
  readonly path: string;
  readonly authorization: string | null;
  /** Undefined when empty. */
  readonly body: string | undefined;
}

interface CompiledRoute extends Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

// The order counts: a ref may have slashes, so what follows one is looked for first.
const ROUTES = [...appRoutes, ...checkRoutes, ...pullRoutes, ...repositoryRoutes, ...commentRoutes].map(
  compile,
);

/** Answers a request to the API, and notes what does not conform to GitHub's description. */
export async function serveRest(
  world: World,
  request: RestRequest,
  { conformance, violations }: Watch,
): Promise<Answer> {
  const checked = checkRest(request, conformance);
  violations.push(...checked.violations);
  const { route } = checked;
  if (route === undefined) return new ApiError(404, 'Not Found').answer;
  const answer = await answerOf(world, request, { ...checked, route });
  // As it goes over the wire: without what JSON does not know.
  const sent: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  violations.push(...conformance.response(route.operation, answer.status, sent));
  return answer;
}

interface Checked extends DescribedRequest {
  /** Undefined when the operation is not emulated, or there is none. */
  readonly route: CompiledRoute | undefined;
  readonly path: string;
  readonly violations: readonly Violation[];
}

/** Takes a request apart and holds it against GitHub's description, whoever asks. */
export function checkRest(request: RestRequest, conformance: Conformance): Checked {
  const [path = '', search = ''] = request.path.split('?', 2);
  const query = Object.fromEntries(new URLSearchParams(search));
  const route = ROUTES.find(({ method, pattern }) => method === request.method && pattern.test(path));
  const where = route?.operation ?? `${request.method} ${path}`;
  const refused = (message: string) => {
    const violations = [{ kind: 'request', where, message } as const];
    return { route, path, params: {}, query, body: undefined, violations };
  };
  if (route === undefined) {
    return refused(
      conformance.isDescribed(request.method, path) ? 'not emulated' : 'GitHub has no such operation',
    );
  }
  const body = parseBody(request.body);
  if (body === NO_JSON) return refused('body is not JSON');
  const params = paramsOf(route, path);
  const violations = conformance.request(route.operation, { params, query, body });
  return { route, path, params, query, body, violations };
}

async function answerOf(
  world: World,
  { authorization }: RestRequest,
  { route, path, params, query, body, violations }: Checked & { readonly route: CompiledRoute },
): Promise<Answer> {
  try {
    const token = authenticate(world, route.needs, authorization);
    if (violations.length > 0) {
      const message = violations.map((one) => one.message).join('; ');
      throw new ApiError(422, `Invalid request.\n\n${message}`);
    }
    return await route.answer({
      world,
      operation: route.operation,
      params,
      query,
      body: typeof body === 'object' ? { ...body } : {},
      address: `${world.api}${path}`,
      token,
    });
  } catch (error) {
    if (error instanceof ApiError) return error.answer;
    throw error;
  }
}

const NO_JSON = Symbol('no JSON');

function parseBody(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}

function paramsOf({ pattern, names }: CompiledRoute, path: string): Record<string, string> {
  const values = pattern.exec(path) ?? [];
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? '')]));
}

function compile(route: Route): CompiledRoute {
  const [method = '', template = ''] = route.operation.split(' ');
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const pattern = template.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'ref' ? '(.+)' : '([^/]+)'));
  return { ...route, method, names, pattern: new RegExp(`^${pattern}$`) };
}
