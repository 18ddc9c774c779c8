import { cholesky, domainError, type Matrix, matrix, solveTriangular } from "@daily-kernel/compute";
import { type GaussianProcess, KernelRidge } from "@daily-kernel/kernels";
import { normalCdf } from "@daily-kernel/special";
import { StudentDistribution } from "../measures/student-distribution.ts";
import { Sobol } from "../sequences/sobol.ts";
import { paced } from "./pfgpci-paced.ts";

/** Independent randomisations of the nodes, from whose spread the error of the cubature is told. */
const REPLICATIONS = 8;
/** Nodes that are worked on at a time. */
const BLOCK = 2048;

/** What the process says of the probability of failure, by cubature over the unit cube. */
export interface Failure {
  /** The share of the cube where failure is likelier than not. */
  estimate: number;
  /** The mean probability that this verdict is wrong. */
  misjudged: number;
}

/**
 * Nodes on the unit cube, 8 scrambled Sobol' nets, with the posterior mean and variance of a process at
 * each. Failure is a function value >= 0.
 */
export class ErrorNodes {
  readonly #x: Matrix;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;

  /** `count` is a power of two >= 64. */
  constructor(dimension: number, count: number, seed: number | bigint) {
    const nets = new Sobol({ dimension, seed, replications: REPLICATIONS });
    this.#x = matrix(count, dimension, nets.points({ nMax: count / REPLICATIONS }).data);
    this.#mean = new Float64Array(count);
    this.#variance = new Float64Array(count);
  }

  /** @throws RangeError `ERR_DOMAIN` for a number of nodes that is no power of two in 64..2^26. */
  static check(where: string, count: number): void {
    if (!(Number.isInteger(Math.log2(count)) && count >= 64 && count <= 2 ** 26)) {
      throw domainError(`${where}: nApprox must be a power of two in 64..2^26, got ${count}`);
    }
  }

  /** Takes the posterior of `process`; n^2 operations a node. */
  async condition(process: GaussianProcess, signal?: AbortSignal): Promise<void> {
    await this.#eachBlock(signal, (x, from) => {
      const { mean, variance } = process.predict(x);
      this.#mean.set(mean, from);
      this.#variance.set(variance, from);
    });
  }

  /**
   * Takes the posterior of `after`, which has b more observations than `before`, whose posterior the
   * nodes have: with c the covariance of a node with the new points under `before`, and S that of the
   * new observations, the mean gains c S^-1 (y - m) and the variance loses c S^-1 c. n b operations a
   * node and n^3 / 3 once.
   */
  async extend(
    before: GaussianProcess,
    after: GaussianProcess,
    signal?: AbortSignal,
  ): Promise<void> {
    const ridge = before.noise + before.jitter;
    if (after.jitter !== before.jitter || ridge === 0) return this.condition(after, signal);
    const { kernel, x } = before;
    const all = after.x;
    const b = all.rows - x.rows;
    const added = matrix(b, x.cols, all.data.slice(x.data.length));
    const { mean } = before.predict(added);
    const s = before.covariance(added);
    for (let i = 0; i < b; i++) s.data[i * (b + 1)]! += ridge;
    const l = attempt(() => cholesky(s));
    const explained = attempt(() => KernelRidge.fit(kernel, x, kernel.gram(x, added), { ridge }));
    if (l === undefined || explained === undefined) return this.condition(after, signal);
    const surprise = after.y.slice(x.rows).map((y, i) => y - mean[i]!);
    const step = solveTriangular(l, matrix(b, 1, surprise)).data;
    await this.#eachBlock(signal, (block, from) => {
      const c = kernel.gram(added, block);
      const known = explained.predict(block).data;
      const n = block.rows;
      for (let i = 0; i < b; i++) {
        for (let k = 0; k < n; k++) c.data[i * n + k]! -= known[k * b + i]!;
      }
      const z = solveTriangular(l, c).data;
      for (let i = 0; i < b; i++) {
        for (let k = 0; k < n; k++) {
          const loading = z[i * n + k]!;
          this.#mean[from + k]! += loading * step[i]!;
          this.#variance[from + k]! -= loading * loading;
        }
      }
    });
    for (let k = 0; k < this.#variance.length; k++) {
      this.#variance[k] = Math.max(0, this.#variance[k]!);
    }
  }

  #eachBlock(signal: AbortSignal | undefined, work: (x: Matrix, from: number) => void) {
    const { data, rows, cols } = this.#x;
    return paced(0, rows, BLOCK, signal, (from, to) => {
      work(matrix(to - from, cols, data.subarray(from * cols, to * cols)), from);
    });
  }

  /** The estimate, and half the width of an interval for its cubature error at level 1 - alpha. */
  failure(alpha: number): Failure & { cubature: number } {
    const count = this.#mean.length;
    const each = count / REPLICATIONS;
    const shares = new Float64Array(REPLICATIONS);
    let misjudged = 0;
    for (let k = 0; k < count; k++) {
      const mean = this.#mean[k]!;
      if (mean >= 0) shares[Math.floor(k / each)]! += 1 / each;
      misjudged += misjudgedAt(mean, this.#variance[k]!) / count;
    }
    const estimate = shares.reduce((sum, share) => sum + share / REPLICATIONS, 0);
    const squares = shares.reduce((sum, share) => sum + (share - estimate) ** 2, 0);
    const deviation = Math.sqrt(squares / (REPLICATIONS - 1) / REPLICATIONS);
    const quantile = new StudentDistribution(REPLICATIONS - 1).quantile(1 - alpha / 2);
    // nets that agree still cannot tell what is finer than one of their points
    return { estimate, misjudged, cubature: Math.max(quantile * deviation, 1 / each) };
  }

  /** The nodes that are likeliest to be misjudged, count x d. */
  worst(count: number): Matrix {
    const { data, cols } = this.#x;
    const doubt = this.#mean.map((mean, k) => misjudgedAt(mean, this.#variance[k]!));
    const order = Array.from(doubt.keys()).sort((a, b) => doubt[b]! - doubt[a]!);
    const points = order.slice(0, count).map((k) => data.subarray(k * cols, (k + 1) * cols));
    return matrix(
      count,
      cols,
      points.flatMap((point) => [...point]),
    );
  }
}

/** Nothing where double precision is not enough. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if ((error as { code?: string }).code !== "ERR_NUMERIC") throw error;
    return undefined;
  }
}

/** The probability that the sign of a normal variable is not that of its mean. */
export function misjudgedAt(mean: number, variance: number): number {
  return variance > 0 ? normalCdf(-Math.abs(mean) / Math.sqrt(variance)) : 0;
}
