import { checkRequest, checkResponse, isDescribed } from '../conformance/openapi.ts';
import type { Violation } from '../conformance/violations.ts';
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
const ROUTES = [...appRoutes, ...checkRoutes, ...repositoryRoutes, ...pullRoutes, ...commentRoutes].map(
  compile,
);

/** Answers a request to the API, and notes what does not conform to GitHub's description. */
export async function serveRest(
  world: World,
  request: RestRequest,
  violations: Violation[],
): Promise<Answer> {
  const [path = '', search = ''] = request.path.split('?', 2);
  const route = ROUTES.find(({ method, pattern }) => method === request.method && pattern.test(path));
  if (route === undefined) {
    const message = isDescribed(request.method, path) ? 'not emulated' : 'GitHub has no such operation';
    violations.push({ kind: 'request', where: `${request.method} ${path}`, message });
    return new ApiError(404, 'Not Found').answer;
  }
  const answer = await answerOf(world, route, { ...request, path, search }, violations);
  // As it goes over the wire: without what JSON does not know.
  const sent: unknown = answer.body === undefined ? undefined : JSON.parse(JSON.stringify(answer.body));
  violations.push(...checkResponse(route.operation, answer.status, sent));
  return answer;
}

async function answerOf(
  world: World,
  route: CompiledRoute,
  request: RestRequest & { readonly search: string },
  violations: Violation[],
): Promise<Answer> {
  try {
    const token = authenticate(world, route.by, request.authorization);
    const params = paramsOf(route, request.path);
    const query = Object.fromEntries(new URLSearchParams(request.search));
    const body = parseBody(request.body);
    const checked = checkRequest(route.operation, { params, query, body });
    if (checked.violations.length > 0) {
      violations.push(...checked.violations);
      const message = checked.violations.map((one) => one.message).join('; ');
      throw new ApiError(422, `Invalid request.\n\n${message}`);
    }
    return await route.answer({
      world,
      operation: route.operation,
      params,
      query: { ...checked.query },
      body: typeof body === 'object' ? { ...body } : {},
      address: `${world.api}${request.path}`,
      token,
    });
  } catch (error) {
    if (error instanceof ApiError) return error.answer;
    throw error;
  }
}

function parseBody(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'Problems parsing JSON');
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
