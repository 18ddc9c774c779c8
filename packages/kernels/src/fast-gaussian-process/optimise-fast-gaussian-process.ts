import { checkObject, checkType, domainError } from "@daily-kernel/compute";
import type { Kernel } from "../kernel.ts";
import { type MinimiseOptions, minimise } from "../optimise/minimise.ts";
import type { DigitalPoints } from "../shift-invariant/binary-points.ts";
import { parameterKinds } from "../standard/check-kernel.ts";
import type { FastGaussianProcessOptions } from "./data.ts";
import { FastGaussianProcess } from "./fast-gaussian-process.ts";

export interface OptimiseFastOptions extends FastGaussianProcessOptions, MinimiseOptions {
  /** Hyper-parameters to leave as they are, by name; `noise` is one. */
  fixed?: readonly string[] | undefined;
}

/** A positive parameter may move by factors of up to 1e8: what is beyond is an open end. */
const FARTHEST = Math.log(1e8);

/** How far the log of a positive parameter moves: like the step itself at first, never farther. */
const bent = (step: number) => FARTHEST * Math.tanh(step / FARTHEST);
/** The derivative of `bent`. */
const bend = (step: number) => 1 - Math.tanh(step / FARTHEST) ** 2;

/**
 * The process whose hyper-parameters, noise included if it is not 0, maximise the marginal
 * likelihood: L-BFGS in their logarithms from the kernel's own values, O(n (d + log n)) a step. Lets
 * the event loop run between steps.
 *
 * @throws as `FastGaussianProcess.fit`; RangeError `ERR_DOMAIN` for an unknown name.
 */
export async function optimiseFastGaussianProcess(
  kernel: Kernel,
  points: DigitalPoints,
  y: ArrayLike<number>,
  options: OptimiseFastOptions = {},
): Promise<FastGaussianProcess> {
  const fn = "optimiseFastGaussianProcess";
  checkObject(fn, "options", options);
  const { fixed = [], maxIterations, tolerance, signal, onProgress } = options;
  checkType(Array.isArray(fixed), fn, "options.fixed", "an array of names", fixed);
  const first = FastGaussianProcess.fit(kernel, points, y, options);
  let best = first;
  const names = [...kernel.parameterNames, "noise"];
  const unknown = fixed.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw domainError(`${fn}: there is no hyper-parameter ${unknown}, but ${names.join(", ")}`);
  }
  const kinds = [...parameterKinds(kernel), "positive"];
  const start = Float64Array.of(...kernel.parameters, first.noise);
  // A variance of 0 is a decision, and its log is out of reach.
  const free = [...names.keys()].filter(
    (p) => !fixed.includes(names[p]!) && (kinds[p] === "real" || start[p]! > 0),
  );

  /** The process with its free parameters moved: by their logs if they are positive. */
  const moved = (steps: Float64Array) => {
    const parameters = start.slice();
    for (const [i, p] of free.entries()) {
      if (kinds[p] === "real") parameters[p]! += steps[i]!;
      else parameters[p]! *= Math.exp(bent(steps[i]!));
    }
    return first.withParameters(parameters);
  };
  await minimise(
    (steps) => {
      try {
        const process = moved(steps);
        if (process.logMarginalLikelihood > best.logMarginalLikelihood) best = process;
        const gradient = process.logMarginalLikelihoodGradient();
        return {
          value: -process.logMarginalLikelihood,
          gradient: Float64Array.from(
            free,
            (p, i) => -gradient[p]! * (kinds[p] === "real" ? 1 : bend(steps[i]!)),
          ),
        };
      } catch (error) {
        if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
        return { value: Number.POSITIVE_INFINITY, gradient: new Float64Array(free.length) };
      }
    },
    new Float64Array(free.length),
    { maxIterations, tolerance, signal, onProgress },
  );
  return best;
}
