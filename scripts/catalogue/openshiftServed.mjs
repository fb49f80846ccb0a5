/**
 * The kinds that OpenShift's own API servers serve and that stand in repositories: they have no
 * CustomResourceDefinition.
 * https://github.com/openshift/api/blob/master/README.md
 */
export const OPENSHIFT_SERVED = [
  ...served('apps', 'Namespaced', ['DeploymentConfig']),
  ...served('authorization', 'Namespaced', ['Role', 'RoleBinding']),
  ...served('authorization', 'Cluster', ['ClusterRole', 'ClusterRoleBinding']),
  ...served('build', 'Namespaced', ['Build', 'BuildConfig']),
  ...served('image', 'Namespaced', ['ImageStream', 'ImageStreamTag']),
  ...served('image', 'Cluster', ['Image']),
  ...served('oauth', 'Cluster', ['OAuthClient', 'OAuthClientAuthorization']),
  ...served('project', 'Cluster', ['Project', 'ProjectRequest']),
  ...served('template', 'Namespaced', ['Template', 'TemplateInstance']),
  ...served('user', 'Cluster', ['Group', 'Identity', 'User', 'UserIdentityMapping']),
];

function served(group, scope, kinds) {
  return kinds.map((kind) => ({
    group: `${group}.openshift.io`,
    version: 'v1',
    kind,
    scope,
    type: `com.github.openshift.api.${group}.v1.${kind}`,
  }));
}
