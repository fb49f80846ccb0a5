/** The formats in which `hydrant check` prints a review, as `--format` takes them. */
export const REPORT_FORMAT_NAMES = ['text', 'json', 'markdown', 'sarif', 'junit', 'github'] as const;

export type ReportFormat = (typeof REPORT_FORMAT_NAMES)[number];
