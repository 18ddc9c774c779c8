import type { CallRequest } from "../../session/backend.ts";
import type { KernelTensor } from "../../task/tensor.ts";

/** The unit in which memories grow, in bytes. */
export const pageBytes = 65_536;

/** Pages that belong to the kernel: its data, its stack and what it allocates. */
export const ownPages = 256;

const align = 64;
const up = (bytes: number) => Math.ceil(bytes / align) * align;
/** Bytes before and behind every argument that must stay. */
const guard = 4096;
/** The arguments of calls with another slot lie this much further on, times its number. */
const stride = 65 * align;
const mostSlots = 16;

/** What guards hold: other bytes for each of them, and none a zero. */
const noise = Uint8Array.from(
  { length: 2 * pageBytes },
  (_, i) => (Math.imul(i + 1, 0x9e_37_79_b1) >>> 24) | 1,
);

/** One argument in the kernel's memory. */
interface Place {
  readonly at: number;
  readonly tensor: KernelTensor;
}

/** Bytes that belong to nobody. */
interface Gap {
  readonly at: number;
  readonly bytes: Uint8Array;
}

const bytesOf = ({ data }: KernelTensor) =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** The arguments of one call behind the kernel's own pages, guards around each and no byte unused. */
export class CallLayout {
  /** The size of the whole memory. */
  readonly pages: number;
  /** What `forge_kernel` is called with. */
  readonly pointers: readonly [inputs: number, outputs: number, dims: number];
  readonly #inputs: readonly Place[];
  readonly #outputs: readonly Place[];
  readonly #tables: Uint8Array;
  readonly #gaps: readonly Gap[];

  constructor({ inputs, poison, dims, slot }: CallRequest) {
    const own = ownPages * pageBytes;
    let at = own + guard + (slot % mostSlots) * stride;
    const place = (tensor: KernelTensor): Place => {
      const here = { at, tensor };
      at += up(tensor.data.byteLength) + guard;
      return here;
    };
    this.#inputs = inputs.map(place);
    this.#outputs = poison.map(place);
    const outputTable = up(4 * inputs.length);
    const dimsTable = outputTable + up(4 * poison.length);
    this.#tables = new Uint8Array(dimsTable + up(8 * dims.length));
    const view = new DataView(this.#tables.buffer);
    for (const [i, each] of this.#inputs.entries()) view.setUint32(4 * i, each.at, true);
    for (const [i, each] of this.#outputs.entries())
      view.setUint32(outputTable + 4 * i, each.at, true);
    for (const [i, size] of dims.entries()) view.setBigInt64(dimsTable + 8 * i, BigInt(size), true);
    this.pointers = [at, at + outputTable, at + dimsTable];
    const end = at + this.#tables.length;
    this.pages = Math.ceil((end + guard) / pageBytes);
    const ends = [own, ...this.#places.map(({ at, tensor }) => at + tensor.data.byteLength), end];
    const starts = [...this.#places.map(({ at }) => at), at, this.pages * pageBytes];
    this.#gaps = ends.map((from, i) => ({
      at: from,
      bytes: noise.subarray((4 * i) % 256, ((4 * i) % 256) + starts[i]! - from),
    }));
  }

  get #places(): readonly Place[] {
    return [...this.#inputs, ...this.#outputs];
  }

  /** Everything behind the kernel's own pages, as it has to be before a call. */
  write(memory: Uint8Array): void {
    for (const { at, tensor } of this.#places) memory.set(bytesOf(tensor), at);
    for (const { at, bytes } of this.#gaps) memory.set(bytes, at);
    memory.set(this.#tables, this.pointers[0]);
  }

  inputsIntact(memory: Uint8Array): boolean {
    return this.#inputs.every(({ at, tensor }) => stands(memory, at, bytesOf(tensor)));
  }

  /** Whether what lies between the arguments, and the tables of pointers and dims, are still there. */
  guardsIntact(memory: Uint8Array): boolean {
    return (
      this.#gaps.every(({ at, bytes }) => stands(memory, at, bytes)) &&
      stands(memory, this.pointers[0], this.#tables)
    );
  }

  /** Whether the outputs are those that an earlier call left. */
  sameOutputs(memory: Uint8Array, left: readonly KernelTensor[]): boolean {
    return this.#outputs.every(({ at }, i) => stands(memory, at, bytesOf(left[i]!)));
  }

  outputs(memory: Uint8Array): KernelTensor[] {
    return this.#outputs.map(({ at, tensor: { dtype, shape, data } }) => {
      const bytes = memory.slice(at, at + data.byteLength).buffer;
      const make = data.constructor as new (bytes: ArrayBufferLike) => KernelTensor["data"];
      return { dtype, shape, data: new make(bytes) };
    });
  }
}

/** Whether `bytes` stand in the memory at an address; by words where both begin at one. */
function stands(memory: Uint8Array, at: number, bytes: Uint8Array): boolean {
  const words = (at | bytes.byteOffset) & 3 ? 0 : bytes.length >> 2;
  const a = new Int32Array(memory.buffer, words ? at : 0, words);
  const b = new Int32Array(bytes.buffer, words ? bytes.byteOffset : 0, words);
  for (let i = 0; i < words; i++) if (a[i] !== b[i]) return false;
  for (let i = 4 * words; i < bytes.length; i++) if (memory[at + i] !== bytes[i]) return false;
  return true;
}
