import { checkType, type Matrix, matrix } from "@daily-kernel/compute";
import { BrownianBridge } from "./brownian-bridge.ts";
import { equalTimes, givenTimes, ranks, vanDerCorputTimes } from "./brownian-times.ts";
import { type Decomposition, MultivariateNormal } from "./multivariate-normal.ts";
import { normalQuantiles } from "./normal-quantiles.ts";
import { checkOptions, checkSameDimension, one, positive } from "./parameters.ts";

export interface BrownianMotionOptions {
  /** End time T, > 0; 1 by default. */
  tFinal?: number;
  /** Value at time 0; 0 by default. */
  initialValue?: number;
  /** Drift gamma; 0 by default. */
  drift?: number;
  /** Diffusion sigma^2, > 0; 1 by default. */
  diffusion?: number;
  /** How the path is made of normal numbers; "PCA" by default. */
  decomposition?: Decomposition | "BrownianBridge";
  /**
   * d distinct times in (0, T]. By default T/d, 2T/d, ... T, and for a bridge the first d points of
   * van der Corput's sequence, times T, which are the same if d is a power of two.
   */
  times?: ArrayLike<number>;
  /**
   * In which order a bridge is built: by van der Corput's sequence over the sorted times (the
   * default), or as `times` are given.
   */
  bridgeOrder?: "vanDerCorput" | "given";
  /** In which order coordinates come: by rising time (the default) or as `times` are given. */
  outputOrder?: "increasing" | "given";
}

/** initialValue + drift t + sqrt(diffusion) W(t) at d times. */
export class BrownianPath {
  /** The times of the coordinates. */
  readonly times: Float64Array;
  /** The times in the order in which a bridge is built; as `times` without a bridge. */
  readonly constructionTimes: Float64Array;
  readonly normal: MultivariateNormal;
  readonly #bridge: { path: BrownianBridge; order: Uint32Array; sigma: number } | undefined;

  constructor(where: string, d: number, options: BrownianMotionOptions) {
    const { tFinal = 1, initialValue = 0, drift = 0, diffusion = 1 } = checkOptions(where, options);
    const { decomposition = "PCA", bridgeOrder = "vanDerCorput" } = options;
    const { times: given, outputOrder = "increasing" } = options;
    one(where, "tFinal", tFinal, positive, "finite and > 0");
    one(where, "initialValue", initialValue);
    one(where, "drift", drift);
    one(where, "diffusion", diffusion, positive, "finite and > 0");
    checkWord(where, "bridgeOrder", bridgeOrder, "vanDerCorput", "given");
    checkWord(where, "outputOrder", outputOrder, "increasing", "given");
    const isBridge = decomposition === "BrownianBridge";
    const own = given === undefined ? undefined : givenTimes(where, given, tFinal, d);
    const times = own ?? (isBridge ? vanDerCorputTimes(tFinal, d) : equalTimes(tFinal, d));
    const sorted = times.slice().sort();
    const order =
      own && outputOrder === "given" ? ranks(own) : Uint32Array.from(sorted, (_, j) => j);
    this.times = Float64Array.from(order, (j) => sorted[j]!);
    this.normal = new MultivariateNormal(
      where,
      this.times.map((t) => initialValue + drift * t),
      { matrix: minimum(this.times, diffusion) },
      // a bridge has its own way, and the density does not depend on the factor
      isBridge ? "Cholesky" : decomposition,
    );
    if (!isBridge) {
      this.constructionTimes = this.times;
      return;
    }
    this.constructionTimes =
      own && bridgeOrder === "vanDerCorput"
        ? Float64Array.from(ranks(vanDerCorputTimes(1, d)), (rank) => sorted[rank]!)
        : times;
    const path = new BrownianBridge(this.constructionTimes);
    this.#bridge = { path, order, sigma: Math.sqrt(diffusion) };
  }

  /** n rows u of the unit cube as paths. */
  transform(u: Float64Array, n: number, out: Float64Array): void {
    if (!this.#bridge) {
      this.normal.transform(u, n, out);
      return;
    }
    const { path, order, sigma } = this.#bridge;
    const { mean } = this.normal;
    const d = order.length;
    const z = normalQuantiles(u, new Float64Array(n * d));
    path.transform(z, n, out);
    z.set(out);
    for (let i = 0, k = 0; i < n; i++) {
      for (let j = 0; j < d; j++, k++) out[k] = mean[j]! + sigma * z[i * d + order[j]!]!;
    }
  }
}

/**
 * Throws `ERR_SHAPE` unless a copy may have another dimension: times and matrices that were given
 * belong to one.
 */
export function checkPathDimension(
  where: string,
  options: BrownianMotionOptions,
  had: number,
  got: number,
): void {
  const { times, decomposition = "PCA" } = options;
  if (times || typeof decomposition !== "string") checkSameDimension(where, had, got);
}

function checkWord(where: string, name: string, value: string, a: string, b: string): void {
  checkType(value === a || value === b, where, name, `"${a}" or "${b}"`, value);
}

/** diffusion min(s, t) of all pairs of times. */
function minimum(times: Float64Array, diffusion: number): Matrix {
  const d = times.length;
  const result = matrix(d, d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) result.data[i * d + j] = diffusion * Math.min(times[i]!, times[j]!);
  }
  return result;
}
