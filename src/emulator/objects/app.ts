import type { Installation, World } from '../world.ts';
import { type Json, nodeId } from './json.ts';
import { userObject } from './user.ts';

/** https://docs.github.com/rest/apps/apps#get-the-authenticated-app */
export function appObject(world: World): Json {
  const { app, appOwner, registration, startedAt, url } = world;
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: userObject(world, appOwner),
    name: 'Hydrant',
    description: 'Reviews GitOps pull requests.',
    external_url: `${url}/${appOwner.login}/${app.slug}`,
    html_url: `${url}/apps/${app.slug}`,
    created_at: startedAt,
    updated_at: startedAt,
    ...registration,
  };
}

/** https://docs.github.com/rest/apps/apps#get-an-installation-for-the-authenticated-app */
export function installationObject(world: World, { id, account, createdAt }: Installation): Json {
  return {
    id,
    account: userObject(world, account),
    access_tokens_url: `${world.api}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.api}/installation/repositories`,
    html_url: `${world.url}/organizations/${account.login}/settings/installations/${id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    ...world.registration,
    repository_selection: 'all',
    single_file_name: null,
    created_at: createdAt,
    updated_at: createdAt,
    suspended_by: null,
    suspended_at: null,
  };
}
