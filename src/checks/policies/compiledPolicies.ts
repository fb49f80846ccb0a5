import { createHash } from 'node:crypto';
import type { Evaluator } from './evaluator.ts';
import { type InputJudgement, judgementOf, NOTHING, notJudged, type PolicyRule } from './judgement.ts';

export interface CompiledOptions {
  /** What a failure of all is reported under, such as `built-in policies`. */
  readonly name: string;
  readonly evaluator: Evaluator;
  /** The rules of the entrypoints, in their order. */
  readonly rules: readonly PolicyRule[];
}

/** Entrypoints of one WebAssembly module of policies. Equal inputs with equal data are evaluated once. */
export class CompiledPolicies {
  readonly #options: CompiledOptions;
  readonly #known = new Map<string, Promise<InputJudgement>>();
  /** Of the data before, which are often the same again. */
  #data = { text: '', key: '' };

  constructor(options: CompiledOptions) {
    this.#options = options;
  }

  /**
   * Judges inputs, given as JSON texts.
   * @param data JSON text of an object.
   * @returns a judgement for each, in their order.
   */
  async judge(inputs: readonly string[], data: string): Promise<InputJudgement[]> {
    if (this.#data.text !== data) this.#data = { text: data, key: digest(data) };
    const { key: ofData } = this.#data;
    const keys = inputs.map((input) => digest(ofData, input));
    const unknown = new Map(
      inputs.flatMap((input, index) => {
        const key = keys[index] ?? '';
        return this.#known.has(key) ? [] : [[key, input] as const];
      }),
    );
    if (unknown.size > 0) {
      const judged = this.#evaluate([...unknown.values()], data);
      for (const [index, key] of [...unknown.keys()].entries()) {
        const one = judged.then((judgements) => judgements[index] ?? NOTHING);
        this.#known.set(key, one);
      }
    }
    return Promise.all(keys.map(async (key) => (await this.#known.get(key)) ?? NOTHING));
  }

  async #evaluate(inputs: readonly string[], data: string): Promise<InputJudgement[]> {
    const { name, evaluator, rules } = this.#options;
    try {
      const rows = await evaluator.evaluate(inputs, data);
      return rows.map((row) => judgementOf(rules, row));
    } catch (error) {
      // The failure of one set leaves the others' judgement alone.
      return inputs.map(() => notJudged(name, error));
    }
  }
}

function digest(...parts: string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} ${part}`);
  return hash.digest('base64');
}
