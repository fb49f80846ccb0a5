/** What stands in place of Secret values; `digest` needs the redactor's key. */
export type Redaction = { mode: 'none' | 'mask' } | { mode: 'digest'; key: string };
