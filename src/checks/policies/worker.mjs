// Evaluates compiled policies in a thread of its own: WebAssembly cannot be interrupted, but
// a thread can be ended. Plain JavaScript, because a worker is loaded by path, compiled or
// not. It knows nothing of the world: it gets WebAssembly and documents, and gives results.
import { parentPort, workerData } from 'node:worker_threads';
import opa from '@open-policy-agent/opa-wasm';

/** @type {{ wasm: Uint8Array, entrypoints: readonly string[] }} */
const { wasm, entrypoints } = workerData;
const policy = opa.loadPolicySync(wasm, { initial: 5, maximum: 4096 });

parentPort?.on('message', (/** @type {{ data: object, inputs: readonly string[] }} */ { data, inputs }) => {
  policy.setData(data);
  const results = inputs.map((text) => {
    const input = new TextEncoder().encode(text).buffer;
    return entrypoints.map((entrypoint) => evaluate(input, entrypoint));
  });
  parentPort?.postMessage(results);
});

/** @returns {{ results: unknown[] } | { error: string }} */
function evaluate(input, entrypoint) {
  try {
    const [set] = policy.evaluate(input, entrypoint);
    return { results: Array.isArray(set?.result) ? set.result : [] };
  } catch (error) {
    // The SDK throws plain objects with a message, too.
    return { error: String(error?.message ?? error) };
  }
}
