import type { KernelTensor } from "../../task/tensor.ts";

/** WebGPU's largest allowed alignment of a binding's offset. */
const align = 256;
const up = (n: number, to: number) => Math.ceil(n / to) * to;

// The specification's numbers: Node has no such globals.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const UNIFORM = 0x40;
const STORAGE = 0x80;

/**
 * What stands before and behind the elements, other for every argument, so that a kernel that copies
 * beyond the end is seen: as floats numbers from 2048 to 65535, nothing that spoils a product by 0.
 */
const guardWord = (i: number, salt: number) =>
  (0x45_00_00_00 +
    (((Math.imul(i + 1, 0x9e_37_79_b1) + Math.imul(salt, 0x85_eb_ca_6b)) >>> 8) %
      0x02_7f_ff_00)) >>>
  0;

/**
 * The bytes of one argument on the device: a guard, the elements, and a guard that a kernel without
 * bounds checks runs into (a workgroup of 1024 elements, or some rows of a tile, beyond the end).
 */
export class Region {
  readonly bytes: number;
  readonly size: number;
  readonly buffer: GPUBuffer;
  readonly #salt: number;

  constructor(device: GPUDevice, bytes: number, salt: number) {
    this.#salt = salt;
    this.bytes = Math.max(4, up(bytes, 4));
    this.size = up(align + this.bytes + 4096 + Math.min(bytes, 61_440), align);
    this.buffer = device.createBuffer({ size: this.size, usage: STORAGE | COPY_SRC | COPY_DST });
  }

  /**
   * The elements alone, or with the guard behind them: a kernel that never asks for an array's
   * length cannot tell the difference, but what it writes beyond the end is seen.
   */
  binding(guarded: boolean): GPUBufferBinding {
    return {
      buffer: this.buffer,
      offset: align,
      size: guarded ? this.size - align : this.bytes,
    };
  }

  /** The region's words around the elements of `tensor`. */
  image({ data }: KernelTensor): Uint32Array<ArrayBuffer> {
    const words = new Uint32Array(this.size / 4);
    for (const i of this.#guard()) words[i] = guardWord(i, this.#salt);
    const elements = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    new Uint8Array(words.buffer).set(elements, align);
    return words;
  }

  /** Whether the guards of a region that was read back are still there. */
  intact(words: Uint32Array): boolean {
    for (const i of this.#guard()) if (words[i] !== guardWord(i, this.#salt)) return false;
    return true;
  }

  /** The indices of the words before and behind the elements. */
  *#guard(): Generator<number> {
    for (let i = 0; i < align / 4; i++) yield i;
    for (let i = (align + this.bytes) / 4; i < this.size / 4; i++) yield i;
  }

  /** The elements of a region that was read back, as a tensor like `like`. */
  tensor(words: Uint32Array<ArrayBuffer>, like: KernelTensor): KernelTensor {
    const bytes = words.buffer.slice(align, align + like.data.byteLength);
    const make = like.data.constructor as new (bytes: ArrayBuffer) => KernelTensor["data"];
    return { dtype: like.dtype, shape: like.shape, data: new make(bytes) };
  }
}

/** A buffer into which results are copied to be read, of at least `size` bytes. */
export const stagingBuffer = (device: GPUDevice, size: number) =>
  device.createBuffer({ size: Math.max(4, size), usage: MAP_READ | COPY_DST });

/** The dims in as many `vec4<u32>` as they need, at least one. */
export function dimsBuffer(device: GPUDevice, dims: readonly number[]): GPUBuffer {
  const words = new Uint32Array(Math.max(4, up(dims.length, 4)));
  words.set(dims);
  const buffer = device.createBuffer({ size: words.byteLength, usage: UNIFORM | COPY_DST });
  device.queue.writeBuffer(buffer, 0, words);
  return buffer;
}
