import type { Room } from './room.ts';

/** A piece of a report that is shown as a whole or not at all. */
export interface Item {
  readonly text: string;
  /** How many things the reader would count in it. */
  readonly units: number;
  /** Items of one group stand together between its two texts. */
  readonly group?: { readonly open: string; readonly close: string };
}

/** A part of a report that may be shortened by whole items. */
export interface Section {
  /** The title. */
  readonly open: string;
  /** Stands right before the items, such as a table's head. */
  readonly head?: string;
  readonly items: readonly Item[];
  readonly close: string;
  /** Says how many units are left out, where some are. */
  readonly omitted: (units: number) => string;
  /**
   * How much of the limit its items may take in the first round, in which every section gets some: 0.2 is
   * a fifth. What is left after that round goes to the sections in their order.
   */
  readonly share: number;
}

/**
 * The sections as text that takes at most the room together, with the empty lines between them. Where all
 * does not fit, whole items are left out and counted: first each section takes up to its share, then
 * what is left goes to them in order. An item that is too large does not keep out the
 * smaller ones behind it.
 */
export function shorten(sections: readonly Section[], { most, size }: Room): string[] {
  const present = sections.filter(({ items }) => items.length > 0);
  const frames = present.reduce((sum, section) => sum + frameSize(section, size), 0);
  const shown = present.map((section) => new ShownItems(section, size));
  let left = most - frames;
  for (const items of shown) left -= items.take(Math.min(left, items.section.share * most));
  for (const items of shown) left -= items.take(left);
  return shown.map((items) => items.render());
}

/** All that a section costs when no item is shown. */
function frameSize({ open, head = '', items, close, omitted }: Section, size: Room['size']): number {
  return size(open) + size(head) + size(omitted(unitsOf(items))) + size(close) + SEPARATORS;
}

/** Line breaks between a frame's parts and before the next section, generously. */
const SEPARATORS = 10;

/** Which items of a section are shown. */
class ShownItems {
  readonly section: Section;
  readonly #size: Room['size'];
  readonly #shown = new Set<Item>();
  readonly #groups = new Set<Item['group']>();

  constructor(section: Section, size: Room['size']) {
    this.section = section;
    this.#size = size;
  }

  /** Shows the items that fit into so much room. @returns how much that took. */
  take(budget: number): number {
    let used = 0;
    for (const item of this.section.items) {
      const cost = this.#shown.has(item) ? 0 : this.#costOf(item);
      if (cost === 0 || used + cost > budget) continue;
      used += cost;
      this.#shown.add(item);
      this.#groups.add(item.group);
    }
    return used;
  }

  render(): string {
    const { open, head = '', items, close, omitted } = this.section;
    const shown = items.filter((item) => this.#shown.has(item));
    const missing = unitsOf(items) - unitsOf(shown);
    const note = missing === 0 ? '' : omitted(missing);
    return [open, note, head, ...inGroups(shown), close].filter((text) => text !== '').join('\n');
  }

  #costOf({ text, group }: Item): number {
    const isOpen = group === undefined || this.#groups.has(group);
    const frame = isOpen ? 0 : this.#size(group.open) + this.#size(group.close) + 2;
    return this.#size(text) + 1 + frame;
  }
}

function unitsOf(items: readonly Item[]): number {
  return items.reduce((sum, { units }) => sum + units, 0);
}

function inGroups(items: readonly Item[]): string[] {
  return items.flatMap(({ text, group }, index) => [
    ...(group !== undefined && items[index - 1]?.group !== group ? [group.open] : []),
    text,
    ...(group !== undefined && group.close !== '' && items[index + 1]?.group !== group ? [group.close] : []),
  ]);
}
