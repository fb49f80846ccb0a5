/** A Go module with the paths of its CustomResourceDefinition manifests, as globs. */
export function manifests(module, version, files) {
  return { module, version, files };
}

/** A Go module with the Go types that upstream generates its manifests from. */
export function types(module, version) {
  return { module, version, packages: './...' };
}

/** A Go module with the path of its OpenAPI document (`openApi`), and the kinds to take from it. */
export function openApiKinds(module, version, { openApi, kinds }) {
  return { module, version, openApi, kinds };
}

/**
 * A source of kinds that the project's own server or webhook fills in before their schema is asked:
 * what a schema requires is there then, whether somebody wrote it or not.
 */
export function filledIn(source) {
  return { ...source, dropped: ['required'] };
}
