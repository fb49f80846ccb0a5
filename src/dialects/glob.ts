import { RE2JS } from 're2js';

/** Tells whether a text is what a glob stands for. */
export type Matcher = (text: string) => boolean;

// Globs come from pull requests, so they are matched by RE2, which takes linear time. Each
// dialect says what its wildcards are in regular expressions.

/** What a dialect makes of the parts of a glob. */
interface Dialect {
  readonly star: string;
  readonly doubleStar: string;
  readonly question: string;
  /** Characters that negate a `[...]`. */
  readonly negation: string;
  /** True: `{a,b}` are alternatives. */
  readonly braces: boolean;
  /** How `[...]` is read: as Go does, as gobwas does, or as shells do. */
  readonly class: 'go' | 'gobwas' | 'shell';
}

/**
 * Go's `path.Match`: the folders of an ApplicationSet's Git generator, and the kinds in
 * the lists of an AppProject of Argo CD. https://pkg.go.dev/path#Match
 */
export function goPathMatcher(glob: string): Matcher {
  return matcher(glob, {
    star: '[^/]*',
    doubleStar: '[^/]*',
    question: '[^/]',
    negation: '^',
    braces: false,
    class: 'go',
  });
}

/**
 * A pathspec as `git ls-files` takes it, for the files of an ApplicationSet's Git generator: `*`
 * goes over slashes, and a folder stands for all below it. https://git-scm.com/docs/gitglossary#Documentation/gitglossary.txt-pathspec
 */
export function pathspecMatcher(pathspec: string): Matcher {
  const glob = pathspec.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  if (glob === '' || glob === '.') return () => true;
  const wild = matcher(glob, {
    star: '.*',
    doubleStar: '.*',
    question: '.',
    negation: '!^',
    braces: false,
    class: 'shell',
  });
  return (path) => path === glob || path.startsWith(`${glob}/`) || wild(path);
}

/**
 * Globs of github.com/gobwas/glob: `*` stops at separators, `**` does not. Argo CD has them for
 * the sources, destinations and namespaces of AppProjects, the files of a plain directory, and the
 * kinds whose differences it ignores; Hydrant for rule and resource of an exception in the settings.
 */
export function gobwasMatcher(glob: string, separator: '' | '/' = ''): Matcher {
  const one = separator === '' ? '.' : '[^/]';
  return matcher(glob, {
    star: `${one}*`,
    doubleStar: '.*',
    question: one,
    negation: '!',
    braces: true,
    class: 'gobwas',
  });
}

/**
 * Globs of github.com/bmatcuk/doublestar: `**` between slashes stands for any number of folders, none
 * included. Argo CD has them for values files; Hydrant for path and target of an exception in the
 * settings, and for `policies.combine`.
 */
export function doublestarMatcher(glob: string): Matcher {
  const dialect: Dialect = {
    star: '[^/]*',
    doubleStar: '[^/]*',
    question: '[^/]',
    negation: '!^',
    braces: true,
    class: 'go',
  };
  const parts = glob.split('/');
  const expressions = parts.map((part, index) => {
    const last = index === parts.length - 1;
    if (part === '**') return last ? '.*' : '(?:[^/]+/)*';
    const expression = expressionOf(part, dialect);
    return expression === null || last ? expression : `${expression}/`;
  });
  return expressions.includes(null) ? () => false : compiled(expressions.join(''));
}

/** A glob that is not well-formed matches nothing, as in the programs whose dialects these are. */
function matcher(glob: string, dialect: Dialect): Matcher {
  const expression = expressionOf(glob, dialect);
  return expression === null ? () => false : compiled(expression);
}

function compiled(expression: string): Matcher {
  const pattern = RE2JS.compile(`^(?:${expression})$`, RE2JS.DOTALL);
  return (text) => pattern.matches(text);
}

/** Null where the glob is not well-formed. */
function expressionOf(glob: string, dialect: Dialect): string | null {
  let result = '';
  let depth = 0;
  const characters = Array.from(glob);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character === '\\') {
      const escaped = characters[++at];
      if (escaped === undefined) return null;
      result += RE2JS.quote(escaped);
    } else if (character === '*') {
      const double = characters[at + 1] === '*';
      while (characters[at + 1] === '*') at++;
      result += double ? dialect.doubleStar : dialect.star;
    } else if (character === '?') {
      result += dialect.question;
    } else if (character === '[') {
      const found = characterClass(characters, at + 1, dialect);
      if (found === null) return null;
      result += found.expression;
      at = found.end;
    } else if (dialect.braces && character === '{') {
      depth++;
      result += '(?:';
    } else if (depth > 0 && character === '}') {
      depth--;
      result += ')';
    } else if (depth > 0 && character === ',') {
      result += '|';
    } else {
      result += RE2JS.quote(character);
    }
  }
  return depth === 0 ? result : null;
}

/** The class that begins after a `[`, with the position of its `]`; null where it is not well-formed. */
function characterClass(
  characters: readonly string[],
  start: number,
  { negation, class: kind }: Dialect,
): { expression: string; end: number } | null {
  let at = start;
  const negated = negation.includes(characters[at] ?? ' ');
  if (negated) at++;
  const first = at;
  /** The next character, or null where none may be. */
  const next = (mayBeAny: boolean): string | null => {
    const character = characters[at++] ?? null;
    if (character === '\\') return characters[at++] ?? null;
    return mayBeAny || (character !== '-' && character !== ']') ? character : null;
  };
  let ranges = '';
  while (characters[at] !== ']' || (kind === 'shell' && at === first)) {
    const begin = at;
    const low = next(kind !== 'go');
    // gobwas has either one range or a list of characters.
    const isRange =
      characters[at] === '-' &&
      (kind === 'go' || (kind === 'gobwas' ? begin === first : characters[at + 1] !== ']'));
    if (isRange) at++;
    const high = isRange ? next(kind === 'shell') : low;
    if (low === null || high === null || (isRange && kind === 'gobwas' && characters[at] !== ']'))
      return null;
    // A range that runs backwards holds nothing.
    if (codePoint(low) <= codePoint(high)) ranges += `${hex(low)}-${hex(high)}`;
  }
  if (at === first) return null;
  if (ranges === '') return { expression: negated ? '.' : '[^\\x{0}-\\x{10FFFF}]', end: at };
  return { expression: `[${negated ? '^' : ''}${ranges}]`, end: at };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function hex(character: string): string {
  return `\\x{${codePoint(character).toString(16)}}`;
}
