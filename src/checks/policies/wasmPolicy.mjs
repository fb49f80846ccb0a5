// One instance of compiled policies, which reads an input once for all of its entrypoints.
// By the functions that every module exports: https://www.openpolicyagent.org/docs/wasm
import opa from '@open-policy-agent/opa-wasm';
import { CUSTOM_BUILTINS } from './builtins.mjs';

export class WasmPolicy {
  #module;
  #memoryPages;
  #policy;
  #data = '{}';
  /** The data differ from what the policy has. */
  #stale = true;
  #input = 'null';
  /** Where the input stands in the memory, and the first free byte behind it; null where it is to be read. */
  #read = null;

  /** @param {WebAssembly.Module} module @param {number} memoryPages what it may grow to */
  constructor(module, memoryPages) {
    this.#module = module;
    this.#memoryPages = memoryPages;
  }

  /** @param {string} text JSON */
  setData(text) {
    this.#data = text;
    this.#stale = true;
  }

  /** @param {string} text JSON */
  setInput(text) {
    this.#input = text;
    this.#read = null;
  }

  /**
   * @param {string} entrypoint
   * @returns {unknown} what it is, or undefined
   * @throws what the policy does, a text or an error; the next call has a memory of its own.
   */
  evaluate(entrypoint) {
    try {
      this.#policy ??= this.#load();
      if (this.#stale) this.#readData();
      this.#read ??= this.#readInput();
      const { exports } = this.#policy.wasmInstance;
      exports.opa_heap_ptr_set(this.#read.free);
      const context = exports.opa_eval_ctx_new();
      exports.opa_eval_ctx_set_input(context, this.#read.at);
      exports.opa_eval_ctx_set_data(context, this.#policy.dataAddr);
      exports.opa_eval_ctx_set_entrypoint(context, this.#policy.entrypoints[entrypoint]);
      exports.eval(context);
      const [answer] = this.#json(exports.opa_json_dump(exports.opa_eval_ctx_get_result(context)));
      return answer?.result;
    } catch (error) {
      // What it left in memory is not to be built upon.
      this.#policy = undefined;
      this.#stale = true;
      throw error;
    }
  }

  #load() {
    const memory = { initial: 5, maximum: this.#memoryPages };
    return opa.loadPolicySync(this.#module, memory, CUSTOM_BUILTINS);
  }

  /** The input stands behind the data. */
  #readData() {
    this.#policy.setData(bytesOf(this.#data));
    this.#stale = false;
    this.#read = null;
  }

  #readInput() {
    const { wasmInstance, mem, dataHeapPtr } = this.#policy;
    const { exports } = wasmInstance;
    const bytes = new Uint8Array(bytesOf(this.#input));
    exports.opa_heap_ptr_set(dataHeapPtr);
    const text = exports.opa_malloc(bytes.length);
    new Uint8Array(mem.buffer).set(bytes, text);
    const at = exports.opa_json_parse(text, bytes.length);
    if (at === 0) throw new Error('the input is no JSON');
    return { at, free: exports.opa_heap_ptr_get() };
  }

  #json(address) {
    const memory = new Uint8Array(this.#policy.mem.buffer);
    return JSON.parse(new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address))));
  }
}

/** @returns {ArrayBuffer} which the SDK takes for JSON as it is */
function bytesOf(text) {
  const bytes = new TextEncoder().encode(text);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
