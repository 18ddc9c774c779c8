import type { CallRequest, CallResult } from "../../session/backend.ts";
import { ForgeError } from "../../session/errors.ts";
import { CallLayout, ownPages, pageBytes } from "./call-layout.ts";
import { checkModule } from "./check-module.ts";

/** What 32 bits can address, in pages. */
const addressable = 65_536;
/** More than the last cache level of most processors, read and written between cold calls. */
const flushed = 64 << 20;

type Entry = (inputs: number, outputs: number, dims: number) => number;

/**
 * A kernel whose every call, and every timed copy of one, is the first that it ever sees: the
 * instance is new, its own memory empty, and nothing else of an earlier call is left in reach. A
 * WebAssembly module has no thread, no clock and no way to come back after it has returned.
 */
export class WasmKernel {
  readonly #module: WebAssembly.Module;
  readonly #mostPages: number;
  #memory: WebAssembly.Memory | undefined;
  #flush: Uint32Array | undefined;

  private constructor(module: WebAssembly.Module, memory: number) {
    this.#module = module;
    this.#mostPages = Math.min(addressable, Math.max(ownPages + 1, Math.floor(memory / pageBytes)));
  }

  /**
   * Compiles a module and runs nothing of it; `memory` is what it may grow to, in bytes.
   * @throws CandidateCompileError for a module that imports or exports something else than the ABI.
   */
  static async start(bytes: Uint8Array<ArrayBuffer>, memory: number): Promise<WasmKernel> {
    return new WasmKernel(await checkModule(bytes), memory);
  }

  /**
   * @throws ForgeError `ERR_CALL_REFUSED` when the arguments do not fit into the memory, `ERR_TRAP`
   * when the kernel traps, also while it is instantiated.
   */
  async call(request: CallRequest): Promise<CallResult> {
    const { timed = 0, cold = false } = request;
    const layout = new CallLayout(request);
    const ns: number[] = [];
    let left: CallResult["outputs"] = [];
    const result = {
      sameOutputs: true,
      settled: true, // One thread: what has returned does nothing more.
      inputsIntact: true,
      guardsIntact: true,
      status: 0,
      threads: 0,
      idleCpuNs: 0,
    };
    for (let copy = 0; copy < Math.max(1, timed); copy++) {
      const memory = this.#emptyMemory(layout.pages);
      const entry = untrapped(() => this.#instantiate(memory));
      layout.write(new Uint8Array(memory.buffer));
      if (cold) this.#cool();
      const began = performance.now();
      const status = untrapped(() => entry(...layout.pointers));
      ns.push((performance.now() - began) * 1e6);
      // Looked up again: the kernel may have grown it.
      const bytes = new Uint8Array(memory.buffer);
      result.status ||= status;
      result.inputsIntact &&= layout.inputsIntact(bytes);
      result.guardsIntact &&= layout.guardsIntact(bytes);
      result.sameOutputs &&= copy === 0 || layout.sameOutputs(bytes, left);
      left = layout.outputs(bytes);
    }
    return { ...result, outputs: left, ns };
  }

  /** A memory of that size with zeros in the kernel's own pages; what lies behind will be written. */
  #emptyMemory(pages: number): WebAssembly.Memory {
    if (this.#memory?.buffer.byteLength === pages * pageBytes) {
      new Uint8Array(this.#memory.buffer, 0, ownPages * pageBytes).fill(0);
      return this.#memory;
    }
    const most = this.#mostPages;
    if (pages > most)
      throw new ForgeError(
        "ERR_CALL_REFUSED",
        `the call needs ${pages * pageBytes} bytes, beyond the limit of ${most * pageBytes}`,
      );
    this.#memory = new WebAssembly.Memory({ initial: pages, maximum: most });
    return this.#memory;
  }

  #instantiate(memory: WebAssembly.Memory): Entry {
    const abort = () => {
      throw new Error("the kernel called abort");
    };
    const { exports } = new WebAssembly.Instance(this.#module, { env: { memory, abort } });
    return exports.forge_kernel as Entry;
  }

  /** Touches a buffer larger than the caches, in an order that no prefetcher foresees. */
  #cool(): void {
    this.#flush ??= new Uint32Array(flushed / 4);
    const words = this.#flush;
    let at = 1;
    for (let i = 0; i < words.length / 16; i++) {
      at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
      words[at % words.length]! += at;
    }
  }
}

/** What comes out of a kernel as an exception is its end: a trap, an overflown stack, `abort`. */
function untrapped<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new ForgeError("ERR_TRAP", `trap: ${(error as Error)?.message ?? error}`);
  }
}
