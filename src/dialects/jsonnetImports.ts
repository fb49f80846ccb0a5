/** `import 'a'`, `importstr "b"`, `importbin @'c'`: only a literal text is allowed there. */
const IMPORT = /\bimport(?:str|bin)?\s*@?(?:'(?<single>[^'\n]+)'|"(?<double>[^"\n]+)")/g;

/**
 * The paths that a Jsonnet file imports. One that stands in a comment or text counts too.
 * https://jsonnet.org/ref/spec.html#import
 */
export function jsonnetImports(text: string): string[] {
  return [...text.matchAll(IMPORT)].flatMap(({ groups }) => groups?.['single'] ?? groups?.['double'] ?? []);
}

/** Whether a file is Jsonnet, to be evaluated or imported. */
export function isJsonnet(file: string): boolean {
  return /\.(?:jsonnet|libsonnet)$/.test(file);
}
