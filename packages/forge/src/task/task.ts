import type { Rng } from "@daily-kernel/compute";
import type { Ops } from "@daily-kernel/nn/reference";
import type { BackendId } from "../session/backend.ts";
import type { KernelTensor, TensorSpec } from "./tensor.ts";

/** The 14 categories of MultiKernelBench, the six kernels of HPC, and the plain tasks of the judge. */
export type Category =
  | "activation"
  | "architecture"
  | "broadcast"
  | "convolution"
  | "fusion"
  | "hpc"
  | "index"
  | "loss"
  | "math"
  | "matmul"
  | "normalization"
  | "optimizer"
  | "plain"
  | "pooling"
  | "reduce"
  | "resize";

/** The free sizes of a task in the order of its `dimNames`: what a kernel gets as `dims`. */
export type Dims = readonly number[];

/**
 * The distributions from which inputs are drawn. A kernel that uses a shortcut of one (all inputs
 * positive, so that relu is a copy) fails on another.
 * - `uniform` [0, 1) and everything else as published (first weights of norms, states of zeros);
 *   `normal` N(0, 1); `signed` [-4, 4) with exact zeros and equal neighbours;
 *   `large` magnitudes up to 1e3; `small` magnitudes down to 1e-30.
 */
export type InputFamily = "uniform" | "normal" | "signed" | "large" | "small";

/** One output in double precision and how far a float32 kernel may be from it, for each element. */
export interface Expected {
  readonly shape: readonly number[];
  readonly value: Float64Array;
  /** Absolute, 0 where the result is exact (relu, integers, booleans, infinities that a task fills in). */
  readonly bound: Float64Array;
}

/** A function to be computed by a kernel: its arguments, its reference, its cost. */
export interface Task {
  /** `relu` for a plain task, `activation/elu` for one of a suite. */
  readonly id: string;
  readonly category: Category;
  /** One line: what is computed, with the conventions that matter (ties, padding, corners). */
  readonly title: string;
  readonly dimNames: readonly string[];
  /** The sizes that were published with the task, made for data-centre GPUs. */
  readonly published: Dims;
  /** Sizes for this machine: every rank, stride and odd size kept, at most `maxElements` in all inputs, and in all outputs. */
  scaled(maxElements: number): Dims;
  /** Sizes on which a kernel is verified: primes, ones and no multiples of a tile, where the task allows. */
  readonly shapes: readonly Dims[];
  /** Families that make sense for the task (probabilities cannot be negative); not empty. */
  readonly families: readonly InputFamily[];
  inputs(dims: Dims): readonly TensorSpec[];
  outputs(dims: Dims): readonly TensorSpec[];
  /** Draws all inputs, weights included. The same dims, family and generator give the same numbers. */
  draw(dims: Dims, family: InputFamily, rng: Rng): readonly KernelTensor[];
  /** The outputs for `inputs` in double precision with their error bounds; never changes its inputs. */
  reference(inputs: readonly KernelTensor[], dims: Dims): readonly Expected[];
  /**
   * The outputs alone, as `reference` has them, at about a tenth of its cost. Tasks of the suite
   * compute with other arithmetic (float32, half precision) if `ops` is given.
   */
  values(
    inputs: readonly KernelTensor[],
    dims: Dims,
    ops?: Ops,
  ): readonly { readonly shape: readonly number[]; readonly data: Float64Array }[];
  /** Which of the inputs are weights: what a model has learned, not what it is applied to. */
  weights(dims: Dims): readonly number[];
  /** Of back ends whose language promises less precision: what their bounds are multiplied by. */
  readonly boundFactor?: Partial<Record<BackendId, number>>;
  /** Another function that the field calls by this name: a kernel that computes it is right, too. */
  readonly otherReading?: Task;
  /** Sizes that nobody can know beforehand, where the task takes any sizes. */
  drawDims?(rng: Rng): Dims;
  /**
   * What must hold of the outputs as a whole beside the bounds of their elements, such as a residual:
   * accepted at `error` <= 1. Absent where the elements say all.
   */
  property?(
    inputs: readonly KernelTensor[],
    outputs: readonly KernelTensor[],
    dims: Dims,
  ): { readonly error: number; readonly evidence: string };
  /** Additions and multiplications, each counted one. */
  flops(dims: Dims): number;
  /** Bytes that must cross the memory bus at least once: every input read and every output written. */
  bytes(dims: Dims): number;
}
