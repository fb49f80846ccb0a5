/** What a comment asks of Hydrant; null where it asks nothing. */
export type SlashCommand =
  | { readonly name: 'validate' | 'help' }
  | { readonly name: 'unknown'; readonly text: string };

/**
 * Reads a comment's first line that is not empty. Quotes, code and words before the
 * command make it none: people talk about commands, too.
 */
export function parseCommand(body: string): SlashCommand | null {
  const line = body.split(/\r?\n/).find((one) => one.trim() !== '');
  const [, command, rest = ''] = /^\/(hydrant|validate)(?:\s+(.*?))?\s*$/.exec(line ?? '') ?? [];
  if (command === undefined) return null;
  if (command === 'validate') return rest === '' ? { name: 'validate' } : null;
  if (rest === 'validate') return { name: 'validate' };
  if (rest === 'help' || rest === '') return { name: 'help' };
  return { name: 'unknown', text: rest };
}
