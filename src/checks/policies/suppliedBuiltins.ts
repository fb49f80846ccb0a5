/**
 * Functions that the evaluator supplies besides those that every WebAssembly policy brings
 * along: `@open-policy-agent/opa-wasm` implements these.
 */
export const SUPPLIED_BUILTINS = [
  'sprintf',
  'regex.split',
  'yaml.is_valid',
  'yaml.marshal',
  'yaml.unmarshal',
] as const;
