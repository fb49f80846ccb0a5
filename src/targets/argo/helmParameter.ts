/**
 * A parameter's value as it is given to `--set`: commas are escaped but where they are
 * already, and a list in braces is left as it is.
 * @see https://github.com/argoproj/argo-cd/blob/master/util/helm/cmd.go (cleanSetParameters)
 */
export function escapeSetValue(value: string): string {
  if (value.startsWith('{') && value.endsWith('}')) return value;
  return value.replace(/(?<!\\),/g, '\\,');
}
