/** A part of a text that is a credential by its form. */
export interface Credential {
  /** From 0; the end is behind it. */
  readonly start: number;
  readonly end: number;
  /** Who found it, such as `github`. */
  readonly detector: string;
  /** Whose rule that is. */
  readonly tool: 'secretlint' | 'gitleaks' | 'hydrant';
}
