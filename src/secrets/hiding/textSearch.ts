import { type Form, folded } from './forms.ts';

/** A text in one form, that is looked for. Compared as {@link folded}. */
export interface Pattern extends Pick<Form, 'spill'> {
  readonly text: string;
  /** A piece of this length counts as well. */
  readonly shortestPiece: number;
}

/** A part of a text. The end is behind it. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A part that is a pattern, or a piece of it. */
interface Match extends Part {
  readonly pattern: Pattern;
}

/** A place in a pattern. */
interface Kept {
  readonly pattern: Pattern;
  readonly at: number;
}

/** The same, and the place in a text that has the same characters. */
interface Entry extends Kept {
  readonly own: number;
}

/** As many characters are compared by their hash. */
const GRAM = 6;
const BASE = 0x01000193;
const OLDEST = power(BASE, GRAM - 1);
/** The bits of the filter that most hashes do not pass. */
const FILTER_BITS = 22;
/** Of so many patterns the same beginning is kept; they all have others. */
const MOST_ENTRIES = 24;

/**
 * Looks for many patterns, and for pieces of them, in one pass over a text: by the hash of six
 * characters at a time (Karp and Rabin). Its time grows with the text and what is found, and not with
 * the number of patterns.
 */
export class TextSearch {
  readonly #entries = new Map<number, Kept[]>();
  readonly #filter = new Uint8Array(1 << (FILTER_BITS - 3));

  constructor(patterns: readonly Pattern[]) {
    for (const pattern of patterns) this.#add({ ...pattern, text: folded(pattern.text) });
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** The parts of a text that are patterns or pieces of them, in order; none overlaps another. */
  partsIn(text: string): Part[] {
    if (this.isEmpty || text.length < GRAM) return [];
    const small = folded(text);
    const parts: Part[] = [];
    let hash = 0;
    // Where the six characters start.
    for (let at = 0, isFirst = true; at + GRAM <= small.length; at++) {
      hash = isFirst ? hashOf(small, at) : rolled(hash, small, at);
      isFirst = false;
      if (!this.#mayHave(hash)) continue;
      const found = this.#longest(text, small, { hash, at });
      if (found === null) continue;
      join(parts, withSpill(text, found));
      // What begins inside and goes on behind is found by its end; so no text takes long, however it repeats.
      at = Math.max(at, found.end - GRAM);
      isFirst = true;
    }
    return parts;
  }

  #longest(
    text: string,
    small: string,
    { hash, at }: { readonly hash: number; readonly at: number },
  ): Match | null {
    let longest: Match | null = null;
    for (const { pattern, at: own } of this.#entries.get(hash) ?? []) {
      const part = matched(small, { at, pattern, own });
      if (part === null) continue;
      if (longest !== null && part.end - part.start <= longest.end - longest.start) continue;
      const match = { ...part, pattern };
      if (isEnough(text, match)) longest = match;
    }
    return longest;
  }

  /** Pieces are found by any of these places; a whole by its rarest and its last. */
  #add(pattern: Pattern): void {
    const last = pattern.text.length - GRAM;
    if (last < 0) return;
    const step = pattern.shortestPiece - GRAM + 1;
    const places = new Set([
      last,
      ...Array.from({ length: Math.floor(last / step) + 1 }, (_, one) => one * step),
    ]);
    const kept = [...places].filter((at) => this.#put({ pattern, at }, MOST_ENTRIES));
    if (kept.length > 0) return;
    let rarest = 0;
    for (let at = 1; at <= last; at++) {
      if (this.#count(pattern, at) < this.#count(pattern, rarest)) rarest = at;
    }
    this.#put({ pattern, at: rarest }, Number.POSITIVE_INFINITY);
  }

  #count({ text }: Pattern, at: number): number {
    return this.#entries.get(hashOf(text, at))?.length ?? 0;
  }

  #put(entry: Kept, most: number): boolean {
    const hash = hashOf(entry.pattern.text, entry.at);
    const entries = this.#entries.get(hash) ?? [];
    if (entries.length >= most) return false;
    entries.push(entry);
    this.#entries.set(hash, entries);
    const bit = bitOf(hash);
    this.#filter[bit >> 3] = (this.#filter[bit >> 3] ?? 0) | (1 << (bit & 7));
    return true;
  }

  #mayHave(hash: number): boolean {
    const bit = bitOf(hash);
    return ((this.#filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
  }
}

function bitOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function hashOf(text: string, at: number): number {
  let hash = 0;
  for (let index = at; index < at + GRAM; index++)
    hash = (Math.imul(hash, BASE) + text.charCodeAt(index)) | 0;
  return hash;
}

/** The hash of what starts one later. */
function rolled(hash: number, text: string, at: number): number {
  const rest = (hash - Math.imul(text.charCodeAt(at - 1), OLDEST)) | 0;
  return (Math.imul(rest, BASE) + text.charCodeAt(at + GRAM - 1)) | 0;
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let times = 0; times < exponent; times++) result = Math.imul(result, base);
  return result;
}

/** As far as text and pattern are equal around the place; null where they are not equal there. */
function matched(text: string, { at, pattern, own }: Entry): Part | null {
  const { text: whole, shortestPiece } = pattern;
  if (shortestPiece === whole.length) {
    const start = at - own;
    return start >= 0 && text.startsWith(whole, start) ? { start, end: start + whole.length } : null;
  }
  if (!text.startsWith(whole.slice(own, own + GRAM), at)) return null;
  let before = 0;
  while (before < own && before < at && text[at - before - 1] === whole[own - before - 1]) before++;
  let end = GRAM;
  const most = Math.min(whole.length - own, text.length - at);
  while (end < most && text[at + end] === whole[own + end]) end++;
  return { start: at - before, end: at + end };
}

function isEnough(text: string, { start, end, pattern }: Match): boolean {
  const { text: whole, shortestPiece, spill } = pattern;
  const length = end - start;
  if (length < shortestPiece) return false;
  // A short word is no piece but a word: `hunter` of `hunter22`.
  if (length === whole.length || length >= 12 || length * 4 >= whole.length * 3 || spill === 1) return true;
  const piece = text.slice(start, end);
  return /[0-9]/.test(piece) && /[A-Za-z]/.test(piece);
}

/** With the characters around, where they hold some bits of the pattern. */
function withSpill(text: string, { start, end, pattern }: Match): Part {
  if (pattern.spill === 0) return { start, end };
  const isOne = (at: number) => /^[\w+/=-]$/.test(text.charAt(at));
  return { start: isOne(start - 1) ? start - 1 : start, end: isOne(end) ? end + 1 : end };
}

/** Adds a part, and makes one of those that touch. */
function join(parts: Part[], part: Part): void {
  let { start, end } = part;
  for (let last = parts.at(-1); last !== undefined && last.end >= start; last = parts.at(-1)) {
    start = Math.min(start, last.start);
    end = Math.max(end, last.end);
    parts.pop();
  }
  parts.push({ start, end });
}
