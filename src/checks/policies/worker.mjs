// Evaluates compiled policies in a thread of its own: WebAssembly cannot be interrupted, but
// a thread can be ended. Plain JavaScript, because a worker is loaded by path, compiled or
// not. It knows nothing of the world: it gets WebAssembly and documents, and gives results.
import { parentPort, workerData } from 'node:worker_threads';
import { WasmPolicy } from './wasmPolicy.mjs';

/**
 * `progress`: how many evaluations were begun, and the entrypoint of the running one (-1
 * between them), for the one who watches from outside.
 * @type {{ wasm: Uint8Array, entrypoints: readonly string[], memoryPages: number, totalMs: number, progress: Int32Array }}
 */
const { wasm, entrypoints, memoryPages, totalMs, progress } = workerData;
const policy = new WasmPolicy(new WebAssembly.Module(wasm), memoryPages);
/** Milliseconds that each entrypoint took so far. */
const spent = entrypoints.map(() => 0);

// Data comes only where it differs from the question before.
parentPort?.on('message', ({ data, inputs, skipped }) => {
  if (data !== undefined) policy.setData(data);
  const rows = inputs.map((input) => {
    policy.setInput(input);
    return entrypoints.map((_, index) => (skipped.includes(index) ? { results: [] } : evaluate(index)));
  });
  parentPort?.postMessage(rows);
});

/** @returns {{ results: unknown[] } | { error: string }} */
function evaluate(index) {
  if (spent[index] > totalMs) return { error: `it took longer than ${totalMs / 1000} s altogether` };
  const begun = performance.now();
  Atomics.add(progress, 0, 1);
  Atomics.store(progress, 1, index);
  try {
    return resultsOf(policy.evaluate(entrypoints[index]));
  } catch (error) {
    return { error: reasonOf(error) };
  } finally {
    Atomics.store(progress, 1, -1);
    spent[index] += performance.now() - begun;
  }
}

/** A rule that is undefined has no results; `deny contains ...` is never undefined. */
function resultsOf(result) {
  if (result === undefined || Array.isArray(result)) return { results: result ?? [] };
  const given = result === null ? 'null' : typeof result;
  return { error: `it gives a ${given} in place of a set of messages; write: deny contains msg if { ... }` };
}

/** The SDK throws texts, too. WebAssembly's out of memory is an abort or a failed growth. */
function reasonOf(error) {
  const text =
    error instanceof Error ? error.message : typeof error === 'string' ? error : String(error?.message);
  if (/malloc|Memory\.grow|memory access out of bounds/i.test(text)) {
    return `it needed more than ${(memoryPages * 64) / 1024} MiB of memory`;
  }
  return text;
}
