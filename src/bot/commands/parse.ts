import { nearest } from '../../dialects/nearest.ts';

/** What a comment asks of Hydrant. */
export type SlashCommand =
  | { readonly name: 'validate' | 'help' }
  /** `meant` is the command that it was probably meant to be. */
  | { readonly name: 'unknown'; readonly text: string; readonly meant: string | undefined };

/** What stands behind `/hydrant`. */
const COMMANDS = ['validate', 'help'] as const;

/** More in one comment are a mistake, and each is answered. */
const MOST_COMMANDS = 5;

/**
 * Reads the commands of a comment, one a line. Quotes, code and words before a command make it
 * none: people talk about commands, too.
 * @param before the comment before it was edited: what it asked then was answered.
 */
export function parseCommands(body: string, before = ''): SlashCommand[] {
  const asked = new Set(commandLines(before));
  const lines = new Set(commandLines(body).filter((line) => !asked.has(line)));
  return [...lines].slice(0, MOST_COMMANDS).map(commandOf);
}

const COMMAND = /^ {0,3}(\/(?:hydrant(?:[ \t]+\S.*)?|validate))[ \t]*$/;
const FENCE = /^ {0,3}(```|~~~)/;

/** Each line that is a command, without what stands around it, with single blanks. */
function commandLines(body: string): string[] {
  const found: string[] = [];
  let fence: string | undefined;
  for (const line of body.split(/\r?\n/)) {
    const [, mark] = FENCE.exec(line) ?? [];
    if (mark !== undefined && (fence === undefined || mark === fence))
      fence = fence === undefined ? mark : undefined;
    const [, command] = fence === undefined ? (COMMAND.exec(line) ?? []) : [];
    if (command !== undefined) found.push(command.trim().replace(/\s+/g, ' '));
  }
  return found;
}

function commandOf(line: string): SlashCommand {
  if (line === '/validate') return { name: 'validate' };
  const text = line.replace(/^\/hydrant ?/, '');
  const name = text === '' ? 'help' : COMMANDS.find((one) => one === text);
  if (name !== undefined) return { name };
  return { name: 'unknown', text, meant: nearest(text.split(' ')[0] ?? '', COMMANDS) };
}
