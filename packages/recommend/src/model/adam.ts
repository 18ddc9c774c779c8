import { type Arena, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { type Column, column } from "./memory.ts";

/** Adam (Kingma and Ba 2015) with the decay of weights as part of the gradient. */
export class Adam {
  readonly #theta: Column;
  readonly #first: Column;
  readonly #second: Column;
  readonly #rate: number;
  readonly #decay: number;
  /** The power of each decay rate, for the correction of the bias. */
  #power1 = 1;
  #power2 = 1;
  /** Filled by the caller; a step sets it to 0. */
  readonly gradient: Column;

  constructor(arena: Arena, theta: Column, rate: number, decay: number) {
    const n = theta.values.length;
    this.#theta = theta;
    this.#rate = rate;
    this.#decay = decay;
    this.#first = column(arena, n);
    this.#second = column(arena, n);
    this.gradient = column(arena, n);
  }

  step(): void {
    this.#power1 *= 0.9;
    this.#power2 *= 0.999;
    wasm(kernels).exports.adamStep!(
      this.#theta.at,
      this.#first.at,
      this.#second.at,
      this.gradient.at,
      this.#theta.values.length,
      this.#rate / (1 - this.#power1),
      1 / Math.sqrt(1 - this.#power2),
      this.#decay,
    );
  }
}
