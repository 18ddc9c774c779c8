import type { CallRequest, CallResult } from "../../session/backend.ts";
import { CandidateCompileError, ForgeError } from "../../session/errors.ts";
import type { KernelTensor } from "../../task/tensor.ts";
import { ownPages } from "./compile-assembly-script.ts";

const align = 64;
const up = (bytes: number) => Math.ceil(bytes / align) * align;
/** Bytes before and behind every argument that must stay. */
const guard = 4096;
/** More than the last cache level of most processors, read and written between cold calls. */
const flushed = 64 << 20;

type Entry = (inputs: number, outputs: number, dims: number) => number;

/** One argument in the kernel's memory. */
interface Place {
  readonly at: number;
  readonly tensor: KernelTensor;
}

/** A kernel in an instance of its own, with nothing to import but its memory. */
export class WasmKernel {
  readonly #memory: WebAssembly.Memory;
  readonly #entry: Entry;
  readonly #slots = new Map<number, { key: string; start: number; end: number }>();
  #end = ownPages * 65_536;
  #flush: Uint32Array | undefined;

  private constructor(memory: WebAssembly.Memory, entry: Entry) {
    this.#memory = memory;
    this.#entry = entry;
  }

  /** @throws CandidateCompileError for a module that imports or exports something else. */
  static async start(bytes: Uint8Array<ArrayBuffer>, memory: number): Promise<WasmKernel> {
    const module = await WebAssembly.compile(bytes);
    const foreign = WebAssembly.Module.imports(module).find(
      ({ module, name }) => module !== "env" || (name !== "memory" && name !== "abort"),
    );
    if (foreign) {
      throw new CandidateCompileError(
        `the kernel imports ${foreign.module}.${foreign.name}; it gets its memory and nothing else`,
        "",
      );
    }
    const maximum = Math.max(ownPages + 1, Math.floor(memory / 65_536));
    const own = new WebAssembly.Memory({ initial: ownPages, maximum });
    const abort = () => {
      throw new Error("the kernel called abort");
    };
    const { exports } = await WebAssembly.instantiate(module, { env: { memory: own, abort } });
    const entry = exports.forge_kernel;
    if (typeof entry !== "function") {
      throw new CandidateCompileError("the kernel exports no function forge_kernel", "");
    }
    return new WasmKernel(own, entry as Entry);
  }

  /** @throws ForgeError `ERR_CALL_REFUSED` when the arguments do not fit into the memory. */
  async call(request: CallRequest): Promise<CallResult> {
    const { inputs, poison, dims, timed = 0, cold = false } = request;
    const { start, end } = this.#place(request);
    const places: Place[] = [];
    let at = start + guard;
    for (const tensor of [...inputs, ...poison]) {
      places.push({ at, tensor });
      at += up(tensor.data.byteLength) + guard;
    }
    const outputs = places.slice(inputs.length);
    const tables = at;
    const view = new DataView(this.#memory.buffer);
    const list = (from: number, all: readonly Place[]) =>
      all.forEach((place, i) => {
        view.setUint32(from + 4 * i, place.at, true);
      });
    const bytes = () => new Uint8Array(this.#memory.buffer);
    const put = ({ at, tensor: { data } }: Place) =>
      bytes().set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    const outputTable = tables + 4 * up(inputs.length);
    const dimsTable = outputTable + 4 * up(outputs.length);

    const pattern = bytes().subarray(start, end);
    for (let i = 0; i < pattern.length; i++) pattern[i] = guardByte(i);
    for (const place of places) put(place);
    list(tables, places.slice(0, inputs.length));
    list(outputTable, outputs);
    dims.forEach((size, i) => {
      view.setBigInt64(dimsTable + 8 * i, BigInt(size), true);
    });
    const before = bytes().slice(tables, end);

    const ns: number[] = [];
    let status = 0;
    let sameOutputs = true;
    let left: Uint8Array[] | undefined;
    for (let copy = 0; copy < Math.max(1, timed); copy++) {
      for (const place of outputs) put(place);
      if (cold) this.#cool();
      const began = performance.now();
      status = this.#entry(tables, outputTable, dimsTable) || status;
      ns.push((performance.now() - began) * 1e6);
      const now = outputs.map(({ at, tensor }) => bytes().slice(at, at + tensor.data.byteLength));
      sameOutputs &&= left?.every((was, i) => equal(was, now[i]!)) ?? true;
      left = now;
    }
    const after = bytes();
    return {
      outputs: left!.map((words, i) => tensorOf(words, poison[i]!)),
      sameOutputs,
      settled: true, // One thread: what has returned does nothing more.
      inputsIntact: places.slice(0, inputs.length).every(({ at, tensor: { data } }) => {
        const was = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
        return equal(was, after.subarray(at, at + was.length));
      }),
      guardsIntact:
        guarded(after, start, places, tables) && equal(before, after.subarray(tables, end)),
      status,
      ns,
      threads: 0,
      idleCpuNs: 0,
    };
  }

  /** The part of the memory for a call: the same again for the same slot and sizes. */
  #place({ slot, inputs, poison, dims }: CallRequest): { start: number; end: number } {
    const tensors = [...inputs, ...poison];
    const key = tensors.map(({ data }) => data.byteLength).join(" ");
    const known = this.#slots.get(slot);
    if (known?.key === key) return known;
    const tables = 4 * up(inputs.length) + 4 * up(poison.length) + up(8 * dims.length);
    const needed =
      tensors.reduce((sum, { data }) => sum + up(data.byteLength) + guard, guard) + tables + guard;
    const start = this.#end;
    const missing = start + needed - this.#memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / 65_536), needed);
    this.#end = up(start + needed);
    const made = { key, start, end: start + needed };
    this.#slots.set(slot, made);
    return made;
  }

  #grow(pages: number, needed: number): void {
    try {
      this.#memory.grow(pages);
    } catch {
      throw new ForgeError(
        "ERR_CALL_REFUSED",
        `the call needs ${needed} bytes more than the ${this.#memory.buffer.byteLength} in use, beyond the limit`,
      );
    }
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

const guardByte = (i: number) => (Math.imul(i + 1, 0x9e_37_79_b1) >>> 24) | 1;

/** Whether the bytes between the arguments are those that were put there. */
function guarded(bytes: Uint8Array, start: number, places: readonly Place[], end: number): boolean {
  let from = start;
  for (const at of [...places.map((place) => place.at), end]) {
    for (let i = from; i < at; i++) if (bytes[i] !== guardByte(i - start)) return false;
    from = at + (places.find((place) => place.at === at)?.tensor.data.byteLength ?? 0);
  }
  return true;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return a.length === b.length;
}

function tensorOf(bytes: Uint8Array, like: KernelTensor): KernelTensor {
  const make = like.data.constructor as new (bytes: ArrayBufferLike) => KernelTensor["data"];
  return { dtype: like.dtype, shape: like.shape, data: new make(bytes.slice().buffer) };
}
