import type { Rng, ThreadPool } from "@daily-kernel/compute";
import type { Dataset } from "@daily-kernel/datasets";
import type { Figure } from "./figure.ts";
import type { Measurement } from "./measurement.ts";
import type { Reason } from "./verdict.ts";

/** `quick` ends within 20 seconds, `full` within 10 minutes, on two cores. */
export type Preset = "quick" | "full";
/** Where the paper's own arithmetic runs. */
export type Device = "wasm" | "webgpu";

/** All that a reproduction may touch: it reads nothing else and keeps no state. */
export interface Lab<ClaimId extends string = string> {
  readonly preset: Preset;
  readonly seed: number;
  readonly device: Device;
  readonly signal: AbortSignal;
  /** Threads for the libraries' `{ pool }` option; the lab disposes of it. */
  readonly pool: ThreadPool;
  /** An independent random stream, the same for the same seed and name. */
  rng(stream: string): Rng;
  /** The WebGPU device; throws `ERR_UNSUPPORTED` where there is none. */
  gpu(): Promise<GPUDevice>;
  /** A data set; throws `ERR_DATA` with how to obtain it. */
  data<T>(dataset: Dataset<T>): Promise<T>;
  /**
   * Reports how much of the run is done (0 to 1) and what comes next. Await it between pieces of
   * work of at most some 50 ms: it lets messages through and throws once the run is cancelled.
   */
  progress(fraction: number, doing: string): Promise<void>;
  /** Hands in the number for a claim, once a run. */
  measure(claim: ClaimId, measurement: Measurement): void;
  /** Says why a claim has no number in this run. */
  skip(claim: ClaimId, reason: Reason, detail: string): void;
  /**
   * Does the work that measures these claims; where the machine lacks the data or the GPU for it,
   * those that it had not settled are skipped with that reason. Other errors go on.
   */
  attempt(claims: readonly ClaimId[], work: () => Promise<void>): Promise<void>;
  /** Draws a figure, or redraws the one with this id. */
  figure(figure: Figure): void;
}
