import {
  allocate,
  checkObject,
  checkRunOptions,
  checkType,
  domainError,
  type Matrix,
  Rng,
} from "@daily-kernel/compute";
import { check, checkCount, checkPositive } from "../check.ts";
import { expectation, maximisation } from "./expectation-maximisation.ts";
import { checkWeights } from "./fit.ts";
import { sphericalKMeans } from "./spherical-k-means.ts";
import { asRows, type UnitRows, unitRowNorms } from "./unit-rows.ts";
import { VonMisesFisher } from "./von-mises-fisher.ts";

export interface MixtureFitOptions {
  /** Seed of the initialisation. */
  readonly seed: number;
  /** Default 200. */
  readonly maxIterations?: number;
  /** Stop when the log-likelihood per row gains less than this; default 1e-8. */
  readonly tolerance?: number;
  /** Upper bound of every component's kappa (default 1e9): one-row components have no maximum. */
  readonly maxKappa?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after every iteration with its number and `maxIterations`. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A mixture of von Mises-Fisher distributions (Banerjee, Dhillon, Ghosh and Sra 2005). */
export class VonMisesFisherMixture {
  /** Mixing weights, >= 0, summing to 1. */
  readonly weights: Float64Array;
  readonly components: readonly VonMisesFisher[];
  /**
   * Log-likelihood of the start and after every iteration, one more than there were iterations; never
   * decreases. Empty if not fitted.
   */
  readonly logLikelihoods: readonly number[] = [];
  /** Whether the fit reached its tolerance. */
  readonly converged: boolean = false;

  /** Throws unless weights are >= 0, sum to 1 within 1e-9, and all dimensions agree. */
  constructor(parameters: { weights: Float64Array; components: readonly VonMisesFisher[] }) {
    const where = "VonMisesFisherMixture";
    checkObject(where, "parameters", parameters);
    const { weights, components } = parameters;
    checkType(Array.isArray(components), where, "components", "an array", components);
    for (const [j, component] of components.entries()) {
      const ok = component instanceof VonMisesFisher;
      checkType(ok, where, `components[${j}]`, "a VonMisesFisher", component);
    }
    checkCount(where, "components.length", components.length, 1);
    checkType(weights instanceof Float64Array, where, "weights", "a Float64Array", weights);
    checkWeights(where, weights, components.length);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    check((sum) => Math.abs(sum - 1) <= 1e-9, where, "the sum of weights", "1", total);
    const p = components[0]!.dimension;
    const odd = components.find((component) => component.dimension !== p);
    if (odd)
      throw domainError(`${where}: components must all have dimension ${p}, got ${odd.dimension}`);
    this.weights = weights.map((weight) => weight / total);
    this.components = [...components];
  }

  get dimension(): number {
    return this.components[0]!.dimension;
  }

  /**
   * Log density: a number for one vector, a Float64Array for rows. Here and below one vector counts
   * as one row. O(rows cols components).
   */
  logPdf(x: Float64Array): number;
  logPdf(x: UnitRows): Float64Array;
  logPdf(x: Float64Array | UnitRows): number | Float64Array {
    const { logDensity } = expectation(this.weights, this.components, asRows(x));
    return x instanceof Float64Array ? logDensity[0]! : logDensity;
  }

  /** Sum of the rows' log densities. */
  logLikelihood(x: Float64Array | UnitRows): number {
    return expectation(this.weights, this.components, asRows(x)).total;
  }

  /** Posterior probability of every component (columns) for every row. */
  responsibilities(x: Float64Array | UnitRows): Matrix {
    return expectation(this.weights, this.components, asRows(x)).responsibilities;
  }

  /** Bayesian information criterion, (k p + k - 1) log(rows) - 2 log-likelihood: less is better. */
  bic(x: Float64Array | UnitRows): number {
    const k = this.components.length;
    const logLikelihood = this.logLikelihood(x); // checks x
    return (k * this.dimension + k - 1) * Math.log(asRows(x).rows) - 2 * logLikelihood;
  }

  /** n draws as rows, and the component that each came from. */
  sample(n: number, rng: Rng): { x: Matrix; labels: Uint32Array } {
    const where = "VonMisesFisherMixture.sample";
    checkCount(where, "n", n, 0);
    checkType(rng instanceof Rng, where, "rng", "an Rng", rng);
    const labels = allocate(where, Uint32Array, n);
    const p = this.dimension;
    const x = { data: allocate(where, Float64Array, n * p), rows: n, cols: p };
    const sizes = new Array<number>(this.components.length).fill(0);
    for (let i = 0; i < n; i++) {
      let left = rng.uniform();
      const found = this.weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      labels[i] = found < 0 ? this.weights.findLastIndex((weight) => weight > 0) : found;
      sizes[labels[i]!]!++;
    }
    const draws = this.components.map((component, j) => component.sample(sizes[j]!, rng).data);
    const used = new Array<number>(sizes.length).fill(0);
    labels.forEach((j, i) => {
      const at = used[j]!++;
      x.data.set(draws[j]!.subarray(at * p, (at + 1) * p), i * p);
    });
    return { x, labels };
  }

  /**
   * Maximum likelihood by expectation-maximisation from a seeded spherical k-means start.
   *
   * O(rows cols k) an iteration; yields to the event loop between iterations, so `signal` can stop
   * it (the promise then rejects with the signal's reason). A component whose weight vanishes keeps
   * its parameters. Throws for rows not of norm 1, and for k above the number of distinct rows.
   */
  static async fit(
    x: UnitRows,
    k: number,
    options: MixtureFitOptions,
  ): Promise<VonMisesFisherMixture> {
    const where = "VonMisesFisherMixture.fit";
    const norms = unitRowNorms(where, x);
    checkRunOptions(where, options);
    const { seed, maxIterations = 200, tolerance = 1e-8, maxKappa = 1e9 } = options;
    checkCount(where, "k", k, 1, x.rows);
    checkCount(where, "maxIterations", maxIterations, 1);
    check((gain) => gain >= 0, where, "tolerance", ">= 0", tolerance);
    checkPositive(where, "maxKappa", maxKappa);
    const assigned = sphericalKMeans(where, x, k, new Rng(seed, "VonMisesFisherMixture.fit"));
    const hard = { data: new Float64Array(x.rows * k), rows: x.rows, cols: k };
    assigned.forEach((j, i) => {
      hard.data[i * k + j] = 1;
    });
    let mixture = new VonMisesFisherMixture(maximisation(x, norms, hard, maxKappa));
    const logLikelihoods: number[] = [];
    let converged = false;
    for (let iteration = 0; ; iteration++) {
      await new Promise<void>((resume) => setTimeout(resume));
      options.signal?.throwIfAborted();
      const step = expectation(mixture.weights, mixture.components, x);
      const gain = step.total - (logLikelihoods.at(-1) ?? -Infinity);
      logLikelihoods.push(step.total);
      converged = gain <= tolerance * x.rows;
      if (converged || iteration === maxIterations) break;
      mixture = new VonMisesFisherMixture(
        maximisation(x, norms, step.responsibilities, maxKappa, mixture.components),
      );
      options.onProgress?.(iteration + 1, maxIterations);
    }
    return Object.assign(mixture, { logLikelihoods, converged });
  }
}
