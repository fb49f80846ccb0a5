// Evaluates compiled policies in a thread of its own: WebAssembly cannot be interrupted, but
// a thread can be ended. It knows nothing of the world: it gets WebAssembly and documents, and
// gives results.
import { parentPort, workerData } from 'node:worker_threads';
import type { Answer, Evaluation, Question, WorkerInput } from './messages.ts';
import { WasmPolicy } from './wasmPolicy.ts';

const { wasm, memoryPages, progress }: WorkerInput = workerData;
const policy = new WasmPolicy(new WebAssembly.Module(wasm), memoryPages);

parentPort?.on('message', (question: Question) => parentPort?.postMessage(answerOf(question)));

function answerOf({ data, inputs, entrypoints, skipped, spent, totalMs }: Question): Answer {
  if (data !== undefined) policy.setData(data);
  const took = [...spent];
  const rows = inputs.map((input) => {
    policy.setInput(input);
    return entrypoints.map((entrypoint, index) => {
      if (skipped.includes(index)) return { results: [] };
      const before = took[index] ?? 0;
      if (before > totalMs) return { error: `it took longer than ${totalMs / 1000} s altogether` };
      const begun = performance.now();
      const evaluation = evaluate(entrypoint, index);
      took[index] = before + performance.now() - begun;
      return evaluation;
    });
  });
  return { rows, spent: took };
}

function evaluate(entrypoint: string, index: number): Evaluation {
  Atomics.add(progress, 0, 1);
  Atomics.store(progress, 1, index);
  try {
    return resultsOf(policy.evaluate(entrypoint));
  } catch (error) {
    return { error: reasonOf(error) };
  } finally {
    Atomics.store(progress, 1, -1);
  }
}

/** A rule that is undefined has no results; `deny contains ...` is never undefined. */
function resultsOf(result: unknown): Evaluation {
  if (result === undefined || Array.isArray(result)) return { results: result ?? [] };
  const given = result === null ? 'null' : typeof result;
  return { error: `it gives a ${given} in place of a set of messages; write: deny contains msg if { ... }` };
}

/** The SDK throws texts and plain objects, too. WebAssembly's out of memory is an abort or a failed growth. */
function reasonOf(error: unknown): string {
  const text = typeof error === 'string' ? error : String(Object(error).message);
  if (/malloc|Memory\.grow|memory access out of bounds/i.test(text)) {
    return `it needed more than ${(memoryPages * 64) / 1024} MiB of memory`;
  }
  return text;
}
