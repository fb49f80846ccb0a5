import type { About } from './about.ts';

/** A sentence for people, with the data that it is made of. */
export interface Told {
  readonly about: About;
  readonly text: string;
}

/** What a sentence may say: a list is told with commas between its items. */
type Facts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** The name of a fact, or the words for some of them. */
type Saying<F extends Facts> = (keyof F & string) | ((facts: F) => string);

/**
 * Makes a sentence of named facts and of nothing else, so that its data tells all that it says:
 * ``told('ref-twice', { ref })`several sources have the ref ${'ref'}` ``. Somebody else's words
 * are a fact called `said`.
 * @param problem tells this sentence from the other sentences of its rule.
 */
export function told<F extends Facts = Readonly<Record<never, never>>>(problem: string, facts?: F) {
  return (words: TemplateStringsArray, ...sayings: readonly Saying<F>[]): Told => {
    const parts = sayings.map((saying, index) => `${inWords(saying, facts)}${words[index + 1] ?? ''}`);
    return { about: { problem, ...facts }, text: [words[0], ...parts].join('') };
  };
}

function inWords<F extends Facts>(saying: Saying<F>, facts: F | undefined): string {
  if (facts === undefined) return '';
  if (typeof saying === 'function') return saying(facts);
  const fact = facts[saying];
  return typeof fact === 'object' ? fact.join(', ') : String(fact);
}
