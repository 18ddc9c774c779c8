import type { Matrix } from "@daily-kernel/compute";
import {
  type GaussianProcess,
  type Kernel,
  Matern52Kernel,
  optimiseGaussianProcess,
} from "@daily-kernel/kernels";

/** When the hyper-parameters of the process are fitted. */
export type Refit = "never" | "once" | "adaptive";

/** Growth of the observations after which hyper-parameters are fitted anew; less after a surprise. */
const GROWTH = 1.5;
const GROWTH_SURPRISED = 1.02;

/** A process, and what tells whether its hyper-parameters can be trusted. */
export interface Surrogate {
  process: GaussianProcess;
  /** Observations that its hyper-parameters were fitted to. */
  fittedAt: number;
  /** Whether the last observations were not what it expected, and it was not fitted anew. */
  surprised: boolean;
}

/** A Matern kernel of order 5/2 with the size of y, and a length of 0.3 in every dimension. */
export function startingKernel(dimension: number, y: Float64Array): Kernel {
  const lengthscales = new Float64Array(dimension).fill(0.3);
  return new Matern52Kernel({ dimension, scale: meanSquare(y), lengthscales });
}

/** Least and largest values of hyper-parameters, by name. */
export type HyperBounds = Readonly<Record<string, readonly [number, number]>>;

/**
 * Those of the starting kernel. Lengths of many cubes would be taken back by variances as large, and
 * leave a covariance that double precision cannot factor.
 */
export function startingBounds({ parameterNames, parameters }: Kernel): HyperBounds {
  const scale = parameters[0]!;
  return Object.fromEntries(
    parameterNames.map((name, p) => [name, p === 0 ? [scale / 1e4, scale * 100] : [0.01, 5]]),
  );
}

/** 1 for zeros, since a variance must be positive. */
export function meanSquare(y: Float64Array): number {
  return y.reduce((sum, v) => sum + (v * v) / y.length, 0) || 1;
}

/** When and within which bounds hyper-parameters are fitted. */
export interface Fitting {
  refit: Refit;
  bounds: HyperBounds;
  signal?: AbortSignal | undefined;
}

/** The process with hyper-parameters of maximum likelihood, from the kernel's own and other starts. */
export async function fitSurrogate(
  kernel: Kernel,
  x: Matrix,
  y: Float64Array,
  noise: number,
  { bounds, restarts, signal }: Omit<Fitting, "refit"> & { restarts: number },
): Promise<Surrogate> {
  const process = await optimiseGaussianProcess(inside(kernel, bounds), x, y, {
    noise,
    fixed: ["noise"],
    bounds,
    maxIterations: 50,
    tolerance: 1e-3,
    restarts,
    signal,
  });
  return { process, fittedAt: y.length, surprised: false };
}

/** A kernel from which an optimiser can go both ways. */
function inside(kernel: Kernel, bounds: HyperBounds): Kernel {
  return kernel.withParameters(
    kernel.parameters.map((value, p) => {
      const [low, high] = bounds[kernel.parameterNames[p]!] ?? [-Infinity, Infinity];
      return Math.min(Math.max(value, 1.01 * low), high / 1.01);
    }),
  );
}

/**
 * The process with more observations; with new hyper-parameters if there are half as many again as
 * when they were fitted, or a fiftieth and it did not expect what it sees.
 */
export async function extendSurrogate(
  { process, fittedAt }: Surrogate,
  x: Matrix,
  y: Float64Array,
  fitting: Fitting,
): Promise<Surrogate> {
  const next = process.extend(x, y);
  const surprised = isSurprised(process, x, y);
  const growth = next.y.length / fittedAt;
  const due = growth >= (surprised ? GROWTH_SURPRISED : GROWTH);
  if (fitting.refit !== "adaptive" || !due) return { process: next, fittedAt, surprised };
  return fitSurrogate(process.kernel, next.x, next.y, process.noise, { restarts: 0, ...fitting });
}

/** Whether an observation is more than four deviations from what the process expected. */
function isSurprised(process: GaussianProcess, x: Matrix, y: Float64Array): boolean {
  const { mean, variance } = process.predict(x);
  return y.some((v, i) => Math.abs(v - mean[i]!) > 4 * Math.sqrt(variance[i]! + process.noise));
}
