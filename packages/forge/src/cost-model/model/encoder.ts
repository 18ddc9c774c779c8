import type { Batch } from "./batch.ts";
import type { Weights } from "./parameters.ts";

/** What turns token sequences into feature vectors, with its gradient. */
export interface Encoder {
  /** Features of a sequence. */
  readonly width: number;
  /**
   * Features [sequences, width] and a function that, given their gradient, adds the gradients of the
   * weights to `into`.
   */
  forward(
    weights: Weights,
    batch: Batch,
  ): { features: Float32Array<ArrayBuffer>; back(d: Float32Array, into: Weights): void };
}
