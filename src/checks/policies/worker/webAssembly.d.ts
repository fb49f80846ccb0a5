// Node has it; the types of Node 20 do not, and a browser's are not wanted.
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
    private readonly compiled: never;
  }
}
