import {
  checkNumbers,
  checkObject,
  checkRunOptions,
  checkType,
  domainError,
  shapeError,
} from "@daily-kernel/compute";
import { checkCount } from "../standard/check-points.ts";
import { inverseHessianTimes, type Pair } from "./lbfgs.ts";
import { lineSearch, NEGLIGIBLE } from "./line-search.ts";

/**
 * A function's value and gradient at a point, a number a coordinate. Infinities and NaN mean: too
 * far.
 */
export interface ValueAndGradient {
  value: number;
  gradient: Float64Array;
}

/** A function to minimise, with its gradient; it may be asynchronous. */
export type Objective = (x: Float64Array) => ValueAndGradient | Promise<ValueAndGradient>;

export interface MinimiseOptions {
  /** Default 100. */
  maxIterations?: number | undefined;
  /** Ends when no component of the gradient is larger than this times max(1, |value|); default 1e-6. */
  tolerance?: number | undefined;
  /** Cancels between evaluations: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** After every iteration: how many, of at most how many, and the value. */
  onProgress?: ((done: number, total: number, value: number) => void) | undefined;
}

export interface Minimum extends ValueAndGradient {
  x: Float64Array;
  iterations: number;
  /** Whether the tolerance was met; false also when no step makes progress any more. */
  converged: boolean;
}

/** What an objective returned, in our own copy; throws unless it is a value and n slopes. */
function checkResult(result: unknown, n: number): ValueAndGradient {
  const fn = "minimise";
  checkObject(fn, "what the objective returns", result);
  const { value, gradient } = result as Partial<ValueAndGradient>;
  checkType(typeof value === "number", fn, "the objective's value", "a number", value);
  checkNumbers(fn, "the objective's gradient", gradient);
  if (gradient.length !== n) {
    throw shapeError(
      `${fn}: the objective's gradient must hold ${n} numbers, got ${gradient.length}`,
    );
  }
  const slopes = Float64Array.from(gradient);
  return { value: slopes.every(Number.isFinite) ? value : Number.NaN, gradient: slopes };
}

/** Steps without a gain to speak of after which there is an end. */
const IDLE = 2;
/** How many steps the approximation of the Hessian remembers. */
const MEMORY = 10;

/**
 * A local minimum of a smooth function by limited-memory BFGS with a strong Wolfe line search
 * (Nocedal and Wright, Numerical Optimization, algorithms 7.4, 3.5 and 3.6). Lets the event loop
 * run between iterations.
 *
 * @throws RangeError `ERR_DOMAIN` if the function or its gradient is not finite at x0; `ERR_SHAPE`
 *   for a gradient of another length. TypeError `ERR_TYPE` if it gives anything but numbers.
 */
export async function minimise(
  objective: Objective,
  x0: ArrayLike<number>,
  options: MinimiseOptions = {},
): Promise<Minimum> {
  checkType(typeof objective === "function", "minimise", "objective", "a function", objective);
  checkNumbers("minimise", "x0", x0);
  checkRunOptions("minimise", options);
  const { maxIterations = 100, tolerance = 1e-6, signal, onProgress } = options;
  checkCount("minimise", "maxIterations", maxIterations, 0);
  checkType(typeof tolerance === "number", "minimise", "tolerance", "a number", tolerance);
  if (!(tolerance >= 0)) throw domainError(`minimise: tolerance must be >= 0, got ${tolerance}`);
  signal?.throwIfAborted();

  let last = performance.now();
  const evaluate = async (at: Float64Array): Promise<ValueAndGradient> => {
    const result = checkResult(await objective(at), at.length);
    if (performance.now() - last > 16) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
    return result;
  };

  let x: Float64Array = Float64Array.from(x0);
  let here = await evaluate(x);
  if (!Number.isFinite(here.value)) {
    throw domainError(
      `minimise: the function and its gradient must be finite at x0, got ${here.value}`,
    );
  }
  const pairs: Pair[] = [];
  const met = () => {
    const steepest = here.gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0);
    return steepest <= tolerance * Math.max(1, Math.abs(here.value));
  };
  let iterations = 0;
  let idle = 0;
  while (iterations < maxIterations && idle < IDLE && !met()) {
    const direction = inverseHessianTimes(pairs, here.gradient).map((v) => -v);
    const step = await lineSearch(evaluate, x, here, direction, pairs.length === 0);
    if (step === undefined) {
      if (pairs.length === 0) break;
      pairs.length = 0; // start again from steepest descent
      continue;
    }
    const s = step.x.map((v, i) => v - x[i]!);
    const y = step.gradient.map((v, i) => v - here.gradient[i]!);
    const curvature = s.reduce((sum, v, i) => sum + v * y[i]!, 0);
    if (curvature > 0) pairs.push({ s, y, curvature });
    if (pairs.length > MEMORY) pairs.shift();
    idle = here.value - step.value > NEGLIGIBLE * Math.abs(here.value) ? 0 : idle + 1;
    x = step.x;
    here = { value: step.value, gradient: step.gradient };
    iterations += 1;
    onProgress?.(iterations, maxIterations, here.value);
  }
  return { x, ...here, iterations, converged: met() };
}
