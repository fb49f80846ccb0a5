const MAX_LENGTH = 253;

/**
 * A text as a DNS name, for the parameters whose names end in `Normalized`.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/utils/template_functions.go (SanitizeName)
 */
export function sanitizeName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^-a-z0-9.]/gu, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^[-.]+|[-.]+$/g, '');
}
