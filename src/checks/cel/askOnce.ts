/** Items of one request: enough to share what it compiles, few enough for processes to share the work. */
const BATCH = 100;

/**
 * Asks about items in batches, about equal ones once.
 * @param ask answers for each item of a batch, in their order.
 * @returns an answer for each item, in their order.
 */
export async function askOnce<Item, Answer>(
  items: readonly Item[],
  ask: (batch: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<(Answer | undefined)[]> {
  const keys = items.map((item) => JSON.stringify(item));
  const different = [...new Map(keys.map((key, index) => [key, index]))];
  const batches = Array.from({ length: Math.ceil(different.length / BATCH) }, (_, index) =>
    different.slice(index * BATCH, (index + 1) * BATCH),
  );
  const answered = await Promise.all(
    batches.map(async (batch) => {
      const answers = await ask(batch.flatMap(([, index]) => items.slice(index, index + 1)));
      return batch.map(([key], position) => [key, answers[position]] as const);
    }),
  );
  const byKey = new Map(answered.flat());
  return keys.map((key) => byKey.get(key));
}
