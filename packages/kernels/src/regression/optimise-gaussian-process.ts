import {
  checkNumbers,
  checkObject,
  checkPoolOptions,
  checkType,
  domainError,
  type Matrix,
  Rng,
  type ThreadPool,
} from "@daily-kernel/compute";
import type { Kernel, ParameterKind } from "../kernel.ts";
import { minimise } from "../optimise/minimise.ts";
import { checkKernel, parameterKinds } from "../standard/check-kernel.ts";
import { checkCount } from "../standard/check-points.ts";
import { checkNonNegative } from "./factor.ts";
import { GaussianProcess } from "./gaussian-process.ts";
import type { GaussianProcessOptions } from "./observations.ts";

export interface OptimiseOptions {
  /** Further starts, at random around the first one. Default 0. */
  restarts?: number | undefined;
  /** Seeds the restarts. Default 0. */
  seed?: number | bigint | undefined;
  /** Hyper-parameters to leave as they are, by name; `noise` is one. */
  fixed?: readonly string[] | undefined;
  /**
   * Least and largest value by name, of positive parameters. Default 1e-5 to 1e5, and wide enough
   * for ten times and a tenth of the start.
   */
  bounds?: Readonly<Record<string, readonly [number, number]>> | undefined;
  /** Of each start. Default 100. */
  maxIterations?: number | undefined;
  /** Of the gradient, as of `minimise`. Default 1e-6. */
  tolerance?: number | undefined;
  pool?: ThreadPool | undefined;
  signal?: AbortSignal | undefined;
  /** Called after every iteration of every start, with the number of finished starts. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A hyper-parameter to be optimised. */
interface Free {
  index: number;
  kind: ParameterKind;
  /** Bounds of the log; of no use to a real one. */
  low: number;
  high: number;
}

/**
 * The Gaussian process whose hyper-parameters, noise included if it is not 0, maximise the marginal
 * likelihood: L-BFGS in their logarithms from the kernel's own values and from `restarts` random
 * ones, the best of all. Each step costs about 2 1/3 n^3 operations. Lets the event loop run in
 * between.
 *
 * @throws as `GaussianProcess.fit`; RangeError `ERR_DOMAIN` for an unknown name, or for bounds that
 *   are not on both sides of the start.
 */
export async function optimiseGaussianProcess(
  kernel: Kernel,
  x: Matrix,
  y: ArrayLike<number>,
  options: GaussianProcessOptions & OptimiseOptions,
): Promise<GaussianProcess> {
  const fn = "optimiseGaussianProcess";
  checkKernel(fn, "kernel", kernel);
  checkObject(fn, "options", options);
  checkPoolOptions(fn, options);
  const { restarts = 0, seed = 0, maxIterations, tolerance, signal, onProgress } = options;
  const { noise = 0, mean, maxJitter, pool } = options;
  checkCount(fn, "restarts", restarts, 0);
  const fit = (at: Float64Array) => {
    const chosen = kernel.withParameters(at.subarray(0, -1));
    const settings = { noise: at.at(-1)!, mean, maxJitter };
    return pool
      ? GaussianProcess.fit(chosen, x, y, { ...settings, pool, signal })
      : GaussianProcess.fit(chosen, x, y, settings);
  };
  checkNonNegative(fn, "noise", noise);
  const start = Float64Array.of(...kernel.parameters, noise);
  let best = await fit(start); // whatever is wrong with the arguments shows here
  const free = freeParameters(fn, kernel, start, options);

  const objective = async (v: Float64Array) => {
    try {
      const process = await fit(toParameters(v, start, free));
      const gradient = await (pool
        ? process.logMarginalLikelihoodGradient({ pool, signal })
        : process.logMarginalLikelihoodGradient());
      if (process.logMarginalLikelihood > best.logMarginalLikelihood) best = process;
      const slopes = free.map((f, i) => -gradient[f.index]! * slope(v[i]!, f));
      return { value: -process.logMarginalLikelihood, gradient: Float64Array.from(slopes) };
    } catch (error) {
      if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
      return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(v.length) };
    }
  };
  const rng = new Rng(seed, "optimiseGaussianProcess");
  for (let run = 0; run <= restarts && free.length > 0; run++) {
    const from = run === 0 ? start : scatter(start, free, rng);
    await minimise(objective, fromParameters(from, free), {
      maxIterations,
      tolerance,
      signal,
      onProgress: () => onProgress?.(run, restarts + 1),
    });
    onProgress?.(run + 1, restarts + 1);
  }
  return best;
}

function freeParameters(
  fn: string,
  kernel: Kernel,
  start: Float64Array,
  { fixed = [], bounds = {} }: OptimiseOptions,
): Free[] {
  const names = [...kernel.parameterNames, "noise"];
  const kinds = [...parameterKinds(kernel), "positive" as const];
  checkType(Array.isArray(fixed), fn, "fixed", "an array of names", fixed);
  checkObject(fn, "bounds", bounds);
  const unknown = [...fixed, ...Object.keys(bounds)].find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw domainError(`${fn}: there is no hyper-parameter ${unknown}, but ${names.join(", ")}`);
  }
  return names.flatMap((name, index): Free[] => {
    const kind = kinds[index]!;
    const value = start[index]!;
    // A variance of 0 is a decision (no noise, no task of its own), and its log is out of reach.
    if (fixed.includes(name) || (kind === "positive" && value === 0)) return [];
    const [low, high] = bounds[name] ?? [Math.min(1e-5, value / 10), Math.max(1e5, value * 10)];
    checkNumbers(fn, `bounds.${name}`, [low, high]);
    if (kind === "positive" && !(low > 0 && low < value && value < high && Number.isFinite(high))) {
      throw domainError(
        `${fn}: bounds.${name} must be positive and on both sides of ${value}, got ${low} and ${high}`,
      );
    }
    return [{ index, kind, low: Math.log(low), high: Math.log(high) }];
  });
}

/**
 * The logistic function maps the whole line onto the interval between the bounds, with slope 1 in
 * its middle, so that a step of the optimiser stays one in the logarithm.
 */
const logistic = (v: number, { low, high }: Free) => 1 / (1 + Math.exp((-4 * v) / (high - low)));

function toParameters(v: Float64Array, start: Float64Array, free: readonly Free[]): Float64Array {
  const out = start.slice();
  free.forEach((f, i) => {
    const log = f.low + (f.high - f.low) * logistic(v[i]!, f);
    out[f.index] = f.kind === "real" ? v[i]! : Math.exp(log);
  });
  return out;
}

function fromParameters(values: Float64Array, free: readonly Free[]): Float64Array {
  return Float64Array.from(free, ({ index, kind, low, high }) => {
    if (kind === "real") return values[index]!;
    const log = Math.log(values[index]!);
    return ((high - low) / 4) * Math.log((log - low) / (high - log));
  });
}

/** d (log) parameter / dv */
function slope(v: number, f: Free): number {
  return f.kind === "real" ? 1 : 4 * logistic(v, f) * logistic(-v, f);
}

/** A factor of up to 30 either way, within the bounds; real ones by a normal of their own size. */
function scatter(start: Float64Array, free: readonly Free[], rng: Rng): Float64Array {
  const out = start.slice();
  for (const { index, kind, low, high } of free) {
    const value = start[index]!;
    if (kind === "real") {
      out[index] = value + rng.normal() * Math.max(1, Math.abs(value));
      continue;
    }
    const log = Math.log(value) + (2 * rng.uniform() - 1) * Math.log(30);
    const margin = 0.01 * (high - low);
    out[index] = Math.exp(Math.min(high - margin, Math.max(low + margin, log)));
  }
  return out;
}
