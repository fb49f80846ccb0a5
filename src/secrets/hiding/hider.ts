import { REDACTED_TEXT } from '../../model/redacted.ts';
import { fewFormsOf, formsOf } from './forms.ts';
import { OwnPlaces } from './ownPlaces.ts';
import { type Part, type Pattern, TextSearch } from './textSearch.ts';
import { wantedOf } from './wanted.ts';

/**
 * Hides secrets wherever a text holds them, in any usual encoding ({@link formsOf}) and cut
 * short, by the rule of {@link wantedOf}. What a value looks like is known to nobody else.
 */
export class Hider {
  readonly #asTheyStand: TextSearch;
  /** Patterns with blanks, which YAML may fold: any run of blanks and line feeds counts as one. */
  readonly #folded: TextSearch;
  /** What looks random, without signs: a template may set any between its characters. */
  readonly #squeezed: TextSearch;
  readonly #ownPlaces: OwnPlaces;
  readonly #known = new Map<string, string>();

  /** @param isName true for a text that something is called by, or that is a part of such a name. */
  constructor(contents: readonly string[], isName: (text: string) => boolean) {
    this.#squeezed = new TextSearch(squeezedOf(contents));
    this.#ownPlaces = new OwnPlaces(contents);
    const patterns = patternsOf(contents, isName);
    const isFolded = ({ text }: Pattern) => /[A-Za-z]/.test(text) && /\s/.test(text);
    this.#asTheyStand = new TextSearch(patterns.filter((pattern) => !isFolded(pattern)));
    this.#folded = new TextSearch(
      patterns.filter(isFolded).map((pattern) => {
        const text = pattern.text.replace(/\s+/g, ' ');
        return { ...pattern, text, shortestPiece: Math.min(pattern.shortestPiece, text.length) };
      }),
    );
  }

  /** The parts of a text that have to be hidden, in order; none overlaps another. */
  partsIn(text: string): Part[] {
    const parts = this.#asTheyStand.partsIn(text);
    const folded = this.#folded.isEmpty ? [] : partsWithout(text, BLANKS, this.#folded);
    const isShort = text.length <= LONGEST_SPREAD && !this.#squeezed.isEmpty;
    const squeezed = isShort ? partsWithout(text, SIGNS, this.#squeezed) : [];
    return merged([...parts, ...folded, ...squeezed, ...this.#ownPlaces.partsIn(text)]);
  }

  /** The same of a text that stands at a name: a value that is hidden at its own place only may be all of it. */
  partsAt(name: string, text: string): Part[] {
    return this.#ownPlaces.has(name, text) ? [{ start: 0, end: text.length }] : this.partsIn(text);
  }

  /** A text without them. */
  hide(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const hidden = withoutParts(text, this.partsIn(text));
    if (text.length <= LONGEST_KNOWN) this.#known.set(text, hidden);
    return hidden;
  }

  /** Lists and objects whose texts are hidden, but those of fields with words of Hydrant's own. */
  hideAll<T>(value: T): T {
    // Every text stays one, and every list and object what it is.
    return this.#hideIn(value) as T;
  }

  #hideIn(value: unknown): unknown {
    if (typeof value === 'string') return this.hide(value);
    if (Array.isArray(value)) return value.map((item) => this.#hideIn(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, OWN_WORDS.has(name) ? item : this.#hideIn(item)]),
    );
  }
}

/** Fields that hold words of Hydrant's own, or a commit's id. */
const OWN_WORDS = new Set([
  'base',
  'head',
  'verdict',
  'verdicts',
  'gate',
  'severity',
  'status',
  'change',
  'concern',
  'fate',
  'effect',
]);

/** Reports say the same short texts many times. */
const LONGEST_KNOWN = 300;

/** A text with what stands for a hidden value in place of the parts. */
export function withoutParts(text: string, parts: readonly Part[]): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of parts) {
    shown += text.slice(from, start) + REDACTED_TEXT;
    from = end;
  }
  return shown + text.slice(from);
}

/** Parts in order, made one where they overlap. */
export function merged(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts.toSorted((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last === undefined || last.end < part.start) all.push(part);
    else all[all.length - 1] = { start: last.start, end: Math.max(last.end, part.end) };
  }
  return all;
}

/** Of so many characters all forms are looked for, which are some thirty times as many; of more the usual ones. */
const MOST_CHARACTERS = 2 * 1024 * 1024;

function patternsOf(contents: readonly string[], isName: (text: string) => boolean): Pattern[] {
  let room = MOST_CHARACTERS;
  const wanted = new Map(
    contents
      .flatMap((content) => wantedOf(content))
      // The one with pieces counts.
      .toSorted((one, other) => other.shortestPiece - one.shortestPiece)
      .map((one) => [one.text, one]),
  );
  return [...wanted.values()]
    .filter(({ text, maybeName }) => !maybeName || !isName(text))
    .flatMap(({ text, shortestPiece }) => {
      room -= text.length;
      const share = shortestPiece / text.length;
      return (room > 0 ? formsOf(text) : fewFormsOf(text)).map((form) => ({
        text: form.text,
        spill: form.spill,
        shortestPiece:
          share === 1 || !Number.isFinite(form.scale)
            ? form.text.length
            : Math.min(form.text.length, Math.ceil(shortestPiece * form.scale)),
      }));
    });
}

/** What counts as one character, or as none. */
interface Ignored {
  readonly runs: RegExp;
  readonly instead: ' ' | '';
}

const BLANKS: Ignored = { runs: /\s+|\S+/g, instead: ' ' };
const SIGNS: Ignored = { runs: /[^A-Za-z0-9]+|[A-Za-z0-9]+/g, instead: '' };

/** The parts of a text that are found when what is ignored is left out, at their places in it. */
function partsWithout(text: string, { runs, instead }: Ignored, search: TextSearch): Part[] {
  const places: number[] = [];
  let one = '';
  for (const { index, 0: run } of text.matchAll(runs)) {
    const isIgnored = instead === '' ? /^[^A-Za-z0-9]/.test(run) : run.trim() === '';
    one += isIgnored ? instead : run;
    for (let at = 0; at < (isIgnored ? instead.length : run.length); at++) places.push(index + at);
  }
  return search
    .partsIn(one)
    .map(({ start, end }) => ({ start: places[start] ?? 0, end: (places[end - 1] ?? text.length - 1) + 1 }));
}

/** In longer texts nobody looks for characters one by one. */
const LONGEST_SPREAD = 65_536;

/** Shorter runs of characters may stand in other words by chance. */
const SHORTEST_SQUEEZED = 10;

function squeezedOf(contents: readonly string[]): Pattern[] {
  const texts = contents
    .flatMap((content) => wantedOf(content))
    .filter(({ text, maybeName }) => !maybeName && text.length <= LONGEST_SQUEEZED)
    .map(({ text }) => text.replace(/[^A-Za-z0-9]+/g, ''));
  return [...new Set(texts)]
    .filter((text) => text.length >= SHORTEST_SQUEEZED)
    .map((text) => ({ text, spill: 0, shortestPiece: text.length }));
}

/** Nobody sets signs between the characters of a key in a file. */
const LONGEST_SQUEEZED = 128;
