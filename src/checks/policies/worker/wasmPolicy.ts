// One instance of compiled policies, which reads an input once for all of its entrypoints.
// By the functions that every module exports: https://www.openpolicyagent.org/docs/wasm
import { createRequire } from 'node:module';
import { CUSTOM_BUILTINS } from './builtins.ts';

// The package's types name what its module for `import` does not export.
const require = createRequire(import.meta.url);
const {
  loadPolicySync,
}: typeof import('@open-policy-agent/opa-wasm') = require('@open-policy-agent/opa-wasm');

/** The functions of every module that are called here; addresses are numbers. */
interface Exports {
  opa_heap_ptr_get(): number;
  opa_heap_ptr_set(address: number): void;
  opa_malloc(bytes: number): number;
  opa_json_parse(text: number, bytes: number): number;
  opa_json_dump(value: number): number;
  opa_eval_ctx_new(): number;
  opa_eval_ctx_set_input(context: number, value: number): void;
  opa_eval_ctx_set_data(context: number, value: number): void;
  opa_eval_ctx_set_entrypoint(context: number, entrypoint: number): void;
  opa_eval_ctx_get_result(context: number): number;
  eval(context: number): void;
}

/** What the SDK loads, in the types that it leaves open. */
interface Loaded {
  readonly wasmInstance: { readonly exports: Exports };
  readonly mem: { readonly buffer: ArrayBuffer };
  readonly dataAddr: number;
  readonly dataHeapPtr: number;
  readonly entrypoints: Readonly<Record<string, number>>;
  setData(json: ArrayBuffer): void;
}

export class WasmPolicy {
  readonly #module: WebAssembly.Module;
  readonly #memoryPages: number;
  #policy: Loaded | undefined;
  #data = '{}';
  /** The data differ from what the policy has. */
  #stale = true;
  #input = 'null';
  /** Where the input stands in the memory, and the first free byte behind it; null where it is to be read. */
  #read: { readonly at: number; readonly free: number } | null = null;

  /** @param memoryPages what it may grow to */
  constructor(module: WebAssembly.Module, memoryPages: number) {
    this.#module = module;
    this.#memoryPages = memoryPages;
  }

  /** @param text JSON */
  setData(text: string): void {
    this.#data = text;
    this.#stale = true;
  }

  /** @param text JSON */
  setInput(text: string): void {
    this.#input = text;
    this.#read = null;
  }

  /**
   * What the entrypoint says of the input; undefined where it is undefined.
   * @throws what the policy does, a text or an error; the next call has a memory of its own.
   */
  evaluate(entrypoint: string): unknown {
    try {
      this.#policy ??= this.#load();
      const policy = this.#policy;
      if (this.#stale) this.#readData(policy);
      this.#read ??= this.#readInput(policy);
      const { exports } = policy.wasmInstance;
      const number = policy.entrypoints[entrypoint];
      if (number === undefined) throw new Error(`there is no entrypoint ${entrypoint}`);
      exports.opa_heap_ptr_set(this.#read.free);
      const context = exports.opa_eval_ctx_new();
      exports.opa_eval_ctx_set_input(context, this.#read.at);
      exports.opa_eval_ctx_set_data(context, policy.dataAddr);
      exports.opa_eval_ctx_set_entrypoint(context, number);
      exports.eval(context);
      const [answer] = resultSet(policy, exports.opa_json_dump(exports.opa_eval_ctx_get_result(context)));
      return answer?.result;
    } catch (error) {
      // What it left in memory is not to be built upon.
      this.#policy = undefined;
      this.#stale = true;
      throw error;
    }
  }

  #load(): Loaded {
    const memory = { initial: 5, maximum: this.#memoryPages };
    // The SDK says less of what it gives than there is.
    return loadPolicySync(this.#module, memory, CUSTOM_BUILTINS) as unknown as Loaded;
  }

  /** The input stands behind the data. */
  #readData(policy: Loaded): void {
    policy.setData(bytesOf(this.#data));
    this.#stale = false;
    this.#read = null;
  }

  #readInput({ wasmInstance, mem, dataHeapPtr }: Loaded): { at: number; free: number } {
    const { exports } = wasmInstance;
    const bytes = new Uint8Array(bytesOf(this.#input));
    exports.opa_heap_ptr_set(dataHeapPtr);
    const text = exports.opa_malloc(bytes.length);
    new Uint8Array(mem.buffer).set(bytes, text);
    const at = exports.opa_json_parse(text, bytes.length);
    if (at === 0) throw new Error('the input is no JSON');
    return { at, free: exports.opa_heap_ptr_get() };
  }
}

/** At most one answer. @param address of its JSON, which ends with a zero */
function resultSet({ mem }: Loaded, address: number): readonly { readonly result: unknown }[] {
  const memory = new Uint8Array(mem.buffer);
  return JSON.parse(new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address))));
}

/** As a buffer, which the SDK takes for JSON as it is. */
function bytesOf(text: string): ArrayBuffer {
  const bytes = new TextEncoder().encode(text);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
