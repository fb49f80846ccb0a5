// Evaluates compiled policies in a thread of its own: WebAssembly cannot be interrupted, but
// a thread can be ended. Plain JavaScript, because a worker is loaded by path, compiled or
// not. It knows nothing of the world: it gets WebAssembly and documents, and gives results.
import { parentPort, workerData } from 'node:worker_threads';
import opa from '@open-policy-agent/opa-wasm';
import { CUSTOM_BUILTINS } from './builtins.mjs';

/**
 * `progress`: how many evaluations were begun, and the entrypoint of the running one (-1
 * between them), for the one who watches from outside.
 * @type {{ wasm: Uint8Array, entrypoints: readonly string[], memoryPages: number, totalMs: number, progress: Int32Array }}
 */
const { wasm, entrypoints, memoryPages, totalMs, progress } = workerData;
const module = new WebAssembly.Module(wasm);
/** Milliseconds that each entrypoint took so far. */
const spent = entrypoints.map(() => 0);
let policy = load({});

parentPort?.on('message', ({ data, inputs, skipped }) => {
  policy.setData(data);
  const rows = inputs.map((text) => {
    const bytes = new TextEncoder().encode(text);
    const input = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    return entrypoints.map((_, index) =>
      skipped.includes(index) ? { results: [] } : evaluate(index, input, data),
    );
  });
  parentPort?.postMessage(rows);
});

function load(data) {
  const loaded = opa.loadPolicySync(module, { initial: 5, maximum: memoryPages }, CUSTOM_BUILTINS);
  loaded.setData(data);
  return loaded;
}

/** @returns {{ results: unknown[] } | { error: string }} */
function evaluate(index, input, data) {
  if (spent[index] > totalMs) return { error: `it took longer than ${totalMs / 1000} s altogether` };
  const begun = performance.now();
  Atomics.add(progress, 0, 1);
  Atomics.store(progress, 1, index);
  try {
    return resultsOf(policy.evaluate(input, entrypoints[index]));
  } catch (error) {
    // What it left in memory is not to be built upon.
    policy = load(data);
    return { error: reasonOf(error) };
  } finally {
    Atomics.store(progress, 1, -1);
    spent[index] += performance.now() - begun;
  }
}

/** A rule that is undefined has no results; `deny contains ...` is never undefined. */
function resultsOf([answer]) {
  if (answer === undefined || Array.isArray(answer.result)) return { results: answer?.result ?? [] };
  const given = answer.result === null ? 'null' : typeof answer.result;
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
