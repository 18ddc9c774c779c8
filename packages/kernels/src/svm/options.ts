import { checkObject, checkPoolOptions, type PoolOptions } from "@daily-kernel/compute";
import { checkCount, checkPositive } from "../standard/check-points.ts";
import type { SmoOptions } from "./smo.ts";

export interface SupportVectorOptions {
  /** Largest violation of the optimality conditions at the end. Default 1e-3. */
  tolerance?: number | undefined;
  /** Of the solver, of each pair of classes. Default 10,000,000. */
  maxIterations?: number | undefined;
}

/** Checks and completes what all machines share, and that `pool` and `signal` are of their kinds. */
export function smoOptions(
  fn: string,
  options: SupportVectorOptions & Partial<PoolOptions>,
): SmoOptions {
  checkObject(fn, "options", options);
  checkPoolOptions(fn, options);
  const { tolerance = 1e-3, maxIterations = 1e7 } = options;
  checkPositive(fn, "tolerance", tolerance);
  checkCount(fn, "maxIterations", maxIterations, 1);
  return { tolerance, maxIterations };
}
