/** A Go module with the paths of its CustomResourceDefinition manifests, as globs. */
export function manifests(module, version, files) {
  return { module, version, files };
}

/** A Go module with the Go types that upstream generates its manifests from. */
export function types(module, version) {
  return { module, version, packages: './...' };
}

/** A Go module with the OpenAPI document of an API server, and the kinds to take from it. */
export function openApiKinds(module, version, openApi, kinds) {
  return { module, version, openApi, kinds };
}
