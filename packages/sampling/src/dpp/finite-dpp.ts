import {
  domainError,
  eigSymmetric,
  type Matrix,
  matrix,
  type Rng,
  shapeError,
} from "@daily-kernel/compute";
import { christoffelOf } from "../basis/christoffel.ts";
import { Cumulative } from "../basis/cumulative.ts";
import { checkArray, checkCount, checkPoints, checkRng } from "../check.ts";
import { determinant } from "../linear/determinant.ts";
import { logElementary, memberProbabilities } from "./elementary-symmetric.ts";
import { sampleProjectionDpp } from "./projection.ts";

/** Rounding may carry an eigenvalue this far, relative to the largest, outside its range. */
const SLACK = 1e-10;

/**
 * A determinantal process on 0..N-1: P(A is in the set) = det K_A. Build it from its correlation kernel
 * K (eigenvalues in [0, 1]) or from a likelihood kernel L >= 0 (P(set = A) proportional to det L_A, K =
 * L (I + L)^-1). One eigen-decomposition, O(N^3); a draw of m items costs O(N m + m^3) (Kulesza and
 * Taskar, Determinantal Point Processes for Machine Learning, 2012).
 */
export class FiniteDpp {
  /** N. */
  readonly size: number;
  readonly #vectors: Matrix;
  readonly #inclusion: Float64Array; // eigenvalues of K
  readonly #likelihood: Float64Array; // eigenvalues of L, infinity where K's is 1

  private constructor(vectors: Matrix, inclusion: Float64Array, likelihood: Float64Array) {
    this.size = vectors.rows;
    this.#vectors = vectors;
    this.#inclusion = inclusion;
    this.#likelihood = likelihood;
  }

  /** @throws RangeError for a matrix that is not square, symmetric and positive semi-definite. */
  static fromLikelihood(l: Matrix): FiniteDpp {
    const { values, vectors } = decomposed("FiniteDpp.fromLikelihood", "l", l);
    return new FiniteDpp(
      vectors,
      values.map((value) => value / (1 + value)),
      values,
    );
  }

  /** @throws RangeError for a matrix that is not symmetric with eigenvalues in [0, 1]. */
  static fromCorrelation(k: Matrix): FiniteDpp {
    const fn = "FiniteDpp.fromCorrelation";
    const { values, vectors } = decomposed(fn, "k", k);
    const most = values.at(-1) ?? 0;
    if (most > 1 + SLACK) throw domainError(`${fn}: k must have eigenvalues <= 1, got ${most}`);
    const inclusion = values.map((value) => (value > 1 - SLACK ? 1 : value));
    return new FiniteDpp(
      vectors,
      inclusion,
      inclusion.map((value) => value / (1 - value)),
    );
  }

  /** The mean number of items: trace K. */
  get expectedSize(): number {
    return this.#inclusion.reduce((sum, value) => sum + value, 0);
  }

  /** K, N x N: P(i in the set) on its diagonal, P(i and j) = K_ii K_jj - K_ij^2. */
  correlation(): Matrix {
    return this.#weighted(this.#inclusion);
  }

  /** P(i in the set), N numbers. */
  inclusionProbabilities(): Float64Array {
    return this.#diagonal(this.#inclusion);
  }

  /** The same for sets of exactly k items drawn by `sampleOfSize`. O(N k^2 + N^2). */
  inclusionProbabilitiesOfSize(k: number): Float64Array {
    const fn = "FiniteDpp.inclusionProbabilitiesOfSize";
    return this.#diagonal(memberProbabilities(this.#spectrum(fn, k), k));
  }

  /** P(set = items), by det(K - I on the rest); O(N^3). */
  probability(items: ArrayLike<number>): number {
    const n = this.size;
    checkArray("FiniteDpp.probability", "items", items);
    const inside = new Set<number>();
    for (let i = 0; i < items.length; i++) {
      checkCount("FiniteDpp.probability", `items[${i}]`, items[i], 0, n - 1);
      if (inside.has(items[i]!)) {
        throw domainError(`FiniteDpp.probability: items[${i}] = ${items[i]} occurs twice`);
      }
      inside.add(items[i]!);
    }
    const k = this.correlation();
    for (let i = 0; i < n; i++) if (!inside.has(i)) k.data[i * n + i]! -= 1;
    return Math.max(0, (n - inside.size) % 2 === 0 ? determinant(k) : -determinant(k));
  }

  /** A draw, in ascending order. */
  sample(rng: Rng): Int32Array {
    checkRng("FiniteDpp.sample", rng);
    const taken: number[] = [];
    this.#inclusion.forEach((value, n) => {
      if (rng.uniform() < value) taken.push(n);
    });
    return this.#project(taken, rng);
  }

  /** A draw of exactly k items, P(A) proportional to det L_A (k-DPP), in ascending order. */
  sampleOfSize(k: number, rng: Rng): Int32Array {
    const fn = "FiniteDpp.sampleOfSize";
    checkRng(fn, rng);
    const spectrum = this.#spectrum(fn, k);
    const table = logElementary(spectrum, k);
    const taken: number[] = [];
    for (let n = this.size; taken.length < k; n--) {
      const left = k - taken.length;
      const with_ = Math.log(spectrum[n - 1]!) + table[(n - 1) * (k + 1) + left - 1]!;
      if (Math.log(rng.uniform()) < with_ - table[n * (k + 1) + left]!) taken.push(n - 1);
    }
    return this.#project(taken.reverse(), rng);
  }

  #spectrum(fn: string, k: number): Float64Array {
    checkCount(fn, "k", k, 0, this.size);
    if (this.#likelihood.some((value) => value === Number.POSITIVE_INFINITY)) {
      throw domainError(
        `${fn}: the correlation kernel must have eigenvalues < 1: it has no likelihood`,
      );
    }
    const rank = this.#likelihood.reduce((count, value) => count + (value > 0 ? 1 : 0), 0);
    if (k > rank) throw domainError(`${fn}: k must be at most the rank ${rank}, got ${k}`);
    return this.#likelihood;
  }

  /** The projection process of the span of some eigenvectors. */
  #project(taken: readonly number[], rng: Rng): Int32Array {
    const [n, m] = [this.size, taken.length];
    if (m === 0) return new Int32Array(0);
    const rows = matrix(n, m);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) rows.data[i * m + j] = this.#vectors.data[i * n + taken[j]!]!;
    }
    const optimal = new Cumulative(christoffelOf(rows));
    const draw = (count: number) =>
      matrix(
        count,
        1,
        Float64Array.from({ length: count }, () => optimal.draw(rng)),
      );
    const span = {
      dimension: 1,
      features: m,
      sampleMeasure: draw,
      sampleChristoffel: draw,
      map: (x: Matrix) => {
        const out = matrix(x.rows, m);
        x.data.forEach((row, i) => {
          out.data.set(rows.data.subarray(row * m, (row + 1) * m), i * m);
        });
        return out;
      },
    };
    return Int32Array.from(sampleProjectionDpp(span, rng).data).sort();
  }

  #diagonal(values: Float64Array): Float64Array {
    const n = this.size;
    return Float64Array.from({ length: n }, (_, i) =>
      values.reduce((sum, value, l) => sum + value * this.#vectors.data[i * n + l]! ** 2, 0),
    );
  }

  #weighted(values: Float64Array): Matrix {
    const n = this.size;
    const v = this.#vectors.data;
    const out = matrix(n, n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let l = 0; l < n; l++) sum += values[l]! * v[i * n + l]! * v[j * n + l]!;
        out.data[i * n + j] = sum;
        out.data[j * n + i] = sum;
      }
    }
    return out;
  }
}

function decomposed(
  fn: string,
  name: string,
  a: Matrix,
): { values: Float64Array; vectors: Matrix } {
  checkPoints(fn, name, a);
  const n = a.rows;
  if (n !== a.cols) throw shapeError(`${fn}: ${name} must be square, got ${n}x${a.cols}`);
  const scale = a.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(a.data[i * n + j]! - a.data[j * n + i]!) > SLACK * scale) {
        throw domainError(`${fn}: ${name} must be symmetric, differs at row ${i}, column ${j}`);
      }
    }
  }
  const { values, vectors } = eigSymmetric(a);
  const least = values[0] ?? 0;
  if (least < -SLACK * Math.max(1, scale * n)) {
    throw domainError(`${fn}: ${name} must be positive semi-definite, has the eigenvalue ${least}`);
  }
  const rounding = 2 ** -50 * n * (values.at(-1) ?? 0);
  return { values: values.map((value) => (value > rounding ? value : 0)), vectors };
}
