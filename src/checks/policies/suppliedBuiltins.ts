/**
 * Functions that the evaluator supplies besides those that every WebAssembly policy brings
 * along (`builtins.mjs` implements them). All are pure: nothing outside, no clock. What
 * stands in neither list is refused at compile time, by name.
 */
export const SUPPLIED_BUILTINS = [
  'crypto.md5',
  'crypto.sha1',
  'crypto.sha256',
  'hex.decode',
  'hex.encode',
  'regex.find_n',
  'regex.replace',
  'regex.split',
  'semver.compare',
  'semver.is_valid',
  'sprintf',
  'strings.any_prefix_match',
  'strings.any_suffix_match',
  'strings.count',
  'units.parse',
  'units.parse_bytes',
  'yaml.is_valid',
  'yaml.marshal',
  'yaml.unmarshal',
] as const;
