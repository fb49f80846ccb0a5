/** Something that does not conform to GitHub's published descriptions. */
export interface Violation {
  readonly kind: 'request' | 'response' | 'payload';
  /** The operation or event, such as `POST /repos/{owner}/{repo}/check-runs`. */
  readonly where: string;
  readonly message: string;
}

/** @throws when there are violations, listing them. */
export function assertNone(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const lines = violations.map(({ kind, where, message }) => `- ${kind} of ${where}: ${message}`);
  throw new Error(`Not as GitHub's descriptions have it (${violations.length}):\n${lines.join('\n')}`);
}
