import {
  checkNumbers,
  checkObject,
  checkType,
  domainError,
  type Matrix,
  shapeError,
} from "@daily-kernel/compute";
import type { Kernel } from "@daily-kernel/kernels";
import type { Integrand } from "../integrands/integrand.ts";
import { Sequence } from "../sequences/sequence.ts";
import { ErrorNodes } from "./pfgpci-nodes.ts";
import { PFSampleErrorDensityAR, type Suggester } from "./pfgpci-suggesters.ts";
import type { Refit } from "./pfgpci-surrogate.ts";
import type { ToleranceOptions } from "./tolerance.ts";

export interface PFGPCIOptions extends ToleranceOptions {
  /** g fails at this value and beyond; 0 by default. */
  failureThreshold?: number;
  /** Whether beyond means above (g >= threshold) or below (g <= threshold, the default). */
  failureAboveThreshold?: boolean;
  /** First points, of the integrand's sequence; 64 by default, at least 2. */
  nInit?: number;
  /**
   * Evaluations that were made before, instead of `nInit` new ones: points on the unit cube, n x d, and
   * g there.
   */
  initSamples?: { x: Matrix; y: ArrayLike<number> };
  /** Points that are not exceeded; 1000 by default. */
  nLimit?: number;
  /** Points between two looks at the interval; 4 by default. */
  nBatch?: number;
  /** Nodes on the unit cube at which the process is asked, a power of two; 2^16 by default. */
  nApprox?: number;
  /** Uncertainty; 0.01 by default. */
  alpha?: number;
  /** Of the nodes and the suggestions; 0 by default. */
  seed?: number | bigint;
  /** Says where g is evaluated next; `PFSampleErrorDensityAR` by default. */
  suggester?: Suggester;
  /**
   * Covariance of g on the unit cube, with which the fit of hyper-parameters begins; by default a
   * Matern kernel of order 5/2 with a length a dimension.
   */
  kernel?: Kernel;
  /** Variance of noise in g; by default 1e-11 of the mean square of its first distances to failure. */
  noise?: number;
  /**
   * When hyper-parameters are fitted: `"never"`, `"once"` (to the first points), or `"adaptive"`, also
   * when the observations have grown by half, or by a fiftieth and surprise; the default.
   */
  refit?: Refit;
}

type Defaulted =
  | "failureThreshold"
  | "failureAboveThreshold"
  | "nInit"
  | "nLimit"
  | "nBatch"
  | "nApprox"
  | "alpha"
  | "seed"
  | "suggester"
  | "refit";

type Checked = Required<Pick<PFGPCIOptions, Defaulted>> &
  Pick<PFGPCIOptions, "kernel" | "noise" | "initSamples">;

/** The options with their defaults. @throws for what is out of range, by name. */
export function checkPFGPCI(integrand: Integrand, options: PFGPCIOptions): Checked {
  checkObject("PFGPCI", "options", options);
  const { initSamples, nBatch = 4, nLimit = 1000, nApprox = 2 ** 16, alpha = 0.01 } = options;
  const {
    failureThreshold = 0,
    failureAboveThreshold: above = false,
    seed = 0,
    kernel,
    noise,
  } = options;
  const { suggester = new PFSampleErrorDensityAR(), refit = "adaptive" } = options;
  checkIntegrand(integrand);
  if (initSamples !== undefined) checkSamples(initSamples, integrand.sequence.dimension);
  const { nInit = initSamples?.x.rows ?? 64 } = options;
  const threshold = failureThreshold;
  checkType(typeof threshold === "number", "PFGPCI", "failureThreshold", "a number", threshold);
  if (!Number.isFinite(threshold)) {
    throw domainError(`PFGPCI: failureThreshold must be finite, got ${threshold}`);
  }
  checkType(typeof above === "boolean", "PFGPCI", "failureAboveThreshold", "a boolean", above);
  for (const [key, value, least] of [
    ["nInit", nInit, 2],
    ["nLimit", nLimit, nInit],
    ["nBatch", nBatch, 1],
  ] as const) {
    if (!(Number.isSafeInteger(value) && value >= least)) {
      throw domainError(`PFGPCI: ${key} must be a whole number >= ${least}, got ${value}`);
    }
  }
  if (initSamples !== undefined && nInit !== initSamples.x.rows) {
    throw domainError(
      `PFGPCI: nInit must be left out or the ${initSamples.x.rows} of initSamples, got ${nInit}`,
    );
  }
  ErrorNodes.check("PFGPCI", nApprox);
  if (!(alpha > 0 && alpha < 1)) throw domainError(`PFGPCI: alpha must be in (0, 1), got ${alpha}`);
  const able = typeof suggester?.suggest === "function";
  checkType(able, "PFGPCI", "suggester", "an object with a method suggest", suggester);
  if (!["never", "once", "adaptive"].includes(refit)) {
    throw domainError(`PFGPCI: refit must be "never", "once" or "adaptive", got ${refit}`);
  }
  const { dimension } = integrand.sequence;
  if (kernel !== undefined && kernel.dimension !== dimension) {
    throw domainError(
      `PFGPCI: the kernel must have dimension ${dimension}, got ${kernel?.dimension}`,
    );
  }
  if (noise !== undefined && !(noise >= 0 && Number.isFinite(noise))) {
    throw domainError(`PFGPCI: noise must be finite and >= 0, got ${noise}`);
  }
  const given = {
    ...(kernel && { kernel }),
    ...(noise !== undefined && { noise }),
    ...(initSamples && { initSamples }),
  };
  const counts = { nInit, nBatch, nLimit, nApprox };
  const failure = { failureThreshold, failureAboveThreshold: above };
  return { ...failure, ...counts, alpha, seed, suggester, refit, ...given };
}

function checkSamples({ x, y }: { x: Matrix; y: ArrayLike<number> }, dimension: number): void {
  checkObject("PFGPCI", "initSamples.x", x);
  checkNumbers("PFGPCI", "initSamples.x.data", x.data);
  checkNumbers("PFGPCI", "initSamples.y", y);
  if (x.cols !== dimension || x.data.length !== x.rows * x.cols || y.length !== x.rows) {
    throw shapeError(
      `PFGPCI: initSamples must be points of ${dimension} coordinates and one number a point, ` +
        `got ${x.rows} of ${x.cols}, and ${y.length}`,
    );
  }
  const outside = x.data.findIndex((v) => !(v >= 0 && v <= 1));
  if (outside >= 0) {
    throw domainError(`PFGPCI: initSamples.x must be in [0, 1], got ${x.data[outside]}`);
  }
  const bad = Array.from(y).findIndex((v) => !Number.isFinite(v));
  if (bad >= 0) throw domainError(`PFGPCI: initSamples.y[${bad}] must be finite, got ${y[bad]}`);
}

function checkIntegrand({ outputs, combinedOutputs, measure, sequence }: Integrand): void {
  if (outputs !== 1 || combinedOutputs !== 1) {
    throw domainError(`PFGPCI: the integrand must have one output, got ${outputs}`);
  }
  if (sequence.replications !== 1) {
    throw domainError(`PFGPCI: the sequence must have 1 replication, got ${sequence.replications}`);
  }
  if (!(measure.sampler instanceof Sequence)) {
    throw domainError(
      "PFGPCI: the measure's sampler must be a sequence: importance weights would change what fails",
    );
  }
}
