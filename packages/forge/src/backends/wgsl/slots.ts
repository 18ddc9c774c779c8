import type { CallRequest } from "../../session/backend.ts";
import { ForgeError } from "../../session/errors.ts";
import type { KernelTensor } from "../../task/tensor.ts";
import { Region } from "./region.ts";

/** The buffers of one slot: calls with the same sizes find them again. */
export interface Slot {
  readonly key: string;
  readonly inputs: readonly Region[];
  readonly outputs: readonly Region[];
  /** What the outputs hold before each copy of a call. */
  readonly poison: readonly Region[];
}

/** Slots that are kept at once; the one that was used first gives way. */
const mostSlots = 4;

/** A device's buffers by slot. */
export class Slots {
  readonly #device: GPUDevice;
  readonly #memory: number;
  readonly #slots = new Map<number, Slot>();

  /** `memory` is what a call may take, in bytes. */
  constructor(device: GPUDevice, memory: number) {
    this.#device = device;
    this.#memory = memory;
  }

  /** @throws ForgeError `ERR_CALL_REFUSED` for a call beyond the memory. */
  of({ slot, inputs, poison }: CallRequest): Slot {
    const key = [...inputs, null, ...poison].map((t) => t?.data.byteLength ?? "|").join(" ");
    const known = this.#slots.get(slot);
    if (known?.key === key) return known;
    if (known !== undefined) this.#drop(slot);
    while (this.#slots.size >= mostSlots) this.#drop(this.#slots.keys().next().value!);
    const needed = [...inputs, ...poison, ...poison].reduce((n, t) => n + t.data.byteLength, 0);
    if (needed > this.#memory) {
      throw new ForgeError(
        "ERR_CALL_REFUSED",
        `the call needs ${needed} bytes of the device, the limit is ${this.#memory}`,
      );
    }
    const regions = (tensors: readonly KernelTensor[], salt: number) =>
      tensors.map(({ data }, i) => new Region(this.#device, data.byteLength, salt + i));
    const made = {
      key,
      inputs: regions(inputs, 0),
      outputs: regions(poison, inputs.length),
      poison: regions(poison, inputs.length), // copied over the outputs with its guards
    };
    this.#slots.set(slot, made);
    return made;
  }

  #drop(slot: number): void {
    const { inputs, outputs, poison } = this.#slots.get(slot)!;
    for (const { buffer } of [...inputs, ...outputs, ...poison]) buffer.destroy();
    this.#slots.delete(slot);
  }
}
