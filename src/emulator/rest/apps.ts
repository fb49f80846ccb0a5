import { randomBytes } from 'node:crypto';
import { appObject, installationObject } from '../objects/app.ts';
import { repositoryObject } from '../objects/repository.ts';
import type { Grants } from '../world.ts';
import { ApiError, allows, type Call, invalid, isFor, notFound, type Route, repositoryOf } from './call.ts';
import { pageOf } from './paging.ts';

/** An installation's token lives an hour. */
const LIFE = 3_600_000;

export const appRoutes: readonly Route[] = [
  {
    operation: 'GET /app',
    needs: 'jwt',
    answer: ({ world }) => ({
      status: 200,
      body: { ...appObject(world), installations_count: world.installations.length },
    }),
  },
  {
    operation: 'GET /app/installations',
    needs: 'jwt',
    answer: (call) => {
      const { items, headers } = pageOf(call, call.world.installations);
      return { status: 200, headers, body: items.map((one) => installationObject(call.world, one)) };
    },
  },
  {
    operation: 'GET /app/installations/{installation_id}',
    needs: 'jwt',
    answer: (call) => ({ status: 200, body: installationObject(call.world, installationOf(call)) }),
  },
  { operation: 'POST /app/installations/{installation_id}/access_tokens', needs: 'jwt', answer: createToken },
  {
    operation: 'GET /repos/{owner}/{repo}/installation',
    needs: 'jwt',
    answer: (call) => {
      const { owner } = repositoryOf(call);
      const installation = call.world.installations.find(({ account }) => account === owner);
      if (installation === undefined) throw notFound();
      return { status: 200, body: installationObject(call.world, installation) };
    },
  },
  {
    operation: 'GET /installation/repositories',
    needs: [{ metadata: 'read' }],
    answer: (call) => {
      const { world, token } = call;
      const all = world.repositories.filter((one) => token !== null && isFor(token, one));
      const { items, headers } = pageOf(call, all);
      const repositories = items.map((one) => repositoryObject(world, one));
      return { status: 200, headers, body: { total_count: all.length, repositories } };
    },
  },
];

function installationOf({ world, params }: Call) {
  const installation = world.installations.find(({ id }) => String(id) === params.installation_id);
  if (installation === undefined) throw notFound();
  return installation;
}

function createToken(call: Call) {
  const { world, body } = call;
  const installation = installationOf(call);
  // GitHub's description gives its form, and the tests hold the App to that.
  const permissions = (body.permissions ?? world.registration.permissions) as Grants;
  if (!allows(world.registration.permissions, permissions)) {
    throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  }
  const names = Array.isArray(body.repositories) ? body.repositories.map(String) : [];
  const ids = Array.isArray(body.repository_ids) ? body.repository_ids.map(Number) : [];
  const own = world.repositories.filter(({ owner }) => owner === installation.account);
  const chosen = own.filter(({ name, id }) => names.includes(name) || ids.includes(id));
  if (chosen.length < names.length + ids.length) {
    throw invalid(
      'Installation',
      'repositories',
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  const expiresAt = Date.now() + LIFE;
  const repositories = chosen.length === 0 ? null : chosen.map(({ id }) => id);
  world.tokens.set(token, { installation, permissions, repositories, expiresAt });
  const answer = {
    token,
    expires_at: new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    permissions,
    repository_selection: repositories === null ? 'all' : 'selected',
  };
  const listed = chosen.map((one) => repositoryObject(world, one));
  return { status: 201, body: listed.length === 0 ? answer : { ...answer, repositories: listed } };
}
