import { jwtProblem } from '../appKeys.ts';
import type { Token, World } from '../world.ts';
import { ApiError, allows, type Route } from './call.ts';

/**
 * Who asks: the App by its JWT, or an installation by its token.
 * @returns the token; null for the App.
 * @throws an ApiError with status 401, or 403 when the token is not allowed what is needed.
 */
export function authenticate(
  world: World,
  needs: Route['needs'],
  authorization: string | null,
): Token | null {
  const [, secret] = /^(?:bearer|token) +(.+)$/i.exec(authorization ?? '') ?? [];
  if (secret === undefined) throw new ApiError(401, 'Requires authentication');
  if (needs !== 'jwt') {
    const token = validToken(world, secret);
    if (token === null) throw new ApiError(401, 'Bad credentials');
    if (!needs.some((wanted) => allows(token.permissions, wanted))) {
      throw new ApiError(403, 'Resource not accessible by integration');
    }
    return token;
  }
  if (secret.split('.').length !== 3) throw new ApiError(401, 'A JSON web token could not be decoded');
  const problem = jwtProblem(world.app, secret);
  if (problem !== null) throw new ApiError(401, problem);
  return null;
}

/** The token when GitHub gave it out and it has not expired. */
function validToken(world: World, secret: string): Token | null {
  const token = world.tokens.get(secret);
  return token !== undefined && token.expiresAt > Date.now() ? token : null;
}

/** The token of a Git request's basic auth, by the user `x-access-token`. */
export function gitToken(world: World, authorization: string | null): Token | null {
  const [, encoded = ''] = /^basic +(.+)$/i.exec(authorization ?? '') ?? [];
  const [, secret] = /^x-access-token:(.+)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
  return secret === undefined ? null : validToken(world, secret);
}
