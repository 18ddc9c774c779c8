import {
  checkType,
  domainError,
  type Matrix,
  matrix,
  type Rng,
  shapeError,
} from "@daily-kernel/compute";
import { checkCount, checkPoints, checkRng } from "../check.ts";
import { type IndexSetKind, indexSet } from "./index-set.ts";
import type { MeasurableBasis } from "./orthonormal-basis.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

export interface ProductBasisOptions {
  /** One a dimension: `legendre()`, `hermite()`, `chebyshev()`, `laguerre()`, `fourier()`, `splines({ ... })`. */
  readonly families: readonly UnivariateFamily[];
  /** Which products to take. Default "total". */
  readonly set?: IndexSetKind;
  /** The largest degree of the set. */
  readonly degree?: number;
  /** The multi-indices themselves, in the place of `set` and `degree`. */
  readonly indices?: readonly (readonly number[])[];
}

/** The most points of the tensor rule of `quadrature`. */
const MOST_POINTS = 2 ** 22;

/**
 * Products phi_i(x) = prod_k phi_(i_k)(x_k), orthonormal for the product measure. Points of the optimal
 * density are exact: a uniformly drawn i, then each coordinate from phi_(i_k)^2.
 */
export class ProductBasis implements MeasurableBasis {
  readonly dimension: number;
  readonly features: number;
  readonly families: readonly UnivariateFamily[];
  /** The multi-index of each function. */
  readonly indices: readonly (readonly number[])[];
  readonly #counts: number[];
  readonly #offsets: number[];
  readonly #places: Int32Array; // of the factors of each function among the univariate values
  readonly #values: Float64Array;
  /** In one dimension, for the first functions of a family with an ensemble. */
  readonly sampleProcess?: (rng: Rng) => Matrix;

  constructor(families: readonly UnivariateFamily[], indices: readonly (readonly number[])[]) {
    this.families = families;
    this.indices = indices;
    const d = families.length;
    this.dimension = d;
    this.features = indices.length;
    this.#counts = families.map((_, k) => 1 + Math.max(...indices.map((index) => index[k]!)));
    const ensemble = d === 1 ? families[0]!.sampleEnsemble : undefined;
    if (ensemble !== undefined && this.#counts[0] === this.features) {
      this.sampleProcess = (rng) =>
        matrix(this.features, 1, rng.shuffle(ensemble(this.features, rng)));
    }
    let total = 0;
    this.#offsets = this.#counts.map((count) => {
      total += count;
      return total - count;
    });
    this.#values = new Float64Array(total);
    this.#places = Int32Array.from(
      { length: d * this.features },
      (_, p) => this.#offsets[p % d]! + indices[Math.floor(p / d)]![p % d]!,
    );
  }

  map(x: Matrix): Matrix {
    checkPoints("ProductBasis.map", "x", x, this.dimension);
    const [d, m] = [this.dimension, this.features];
    const out = matrix(x.rows, m);
    const values = this.#values;
    const places = this.#places;
    for (let i = 0; i < x.rows; i++) {
      for (let k = 0; k < d; k++) this.#evaluate(x.data[i * d + k]!, i, k);
      if (d === 1) {
        for (let j = 0; j < m; j++) out.data[i * m + j] = values[places[j]!]!;
        continue;
      }
      for (let j = 0, p = 0; j < m; j++) {
        let product = 1;
        for (let k = 0; k < d; k++) product *= values[places[p++]!]!;
        out.data[i * m + j] = product;
      }
    }
    return out;
  }

  #evaluate(x: number, row: number, k: number): void {
    const family = this.families[k]!;
    const [low, high] = family.domain;
    if (!(x >= low && x <= high)) {
      throw domainError(
        `ProductBasis.map: x must lie in [${low}, ${high}] for ${family.name}, got ${x} at row ${row}, column ${k}`,
      );
    }
    family.evaluate(x, this.#counts[k]!, this.#values, this.#offsets[k]!);
  }

  sampleMeasure(n: number, rng: Rng): Matrix {
    checkCount("ProductBasis.sampleMeasure", "n", n, 0);
    checkRng("ProductBasis.sampleMeasure", rng);
    return this.#fill(n, (k) => this.families[k]!.sampleMeasure(rng));
  }

  sampleChristoffel(n: number, rng: Rng): Matrix {
    checkCount("ProductBasis.sampleChristoffel", "n", n, 0);
    checkRng("ProductBasis.sampleChristoffel", rng);
    let index: readonly number[] = [];
    return this.#fill(n, (k) => {
      if (k === 0) index = this.indices[rng.integer(this.features)]!;
      return this.families[k]!.sampleSquare(index[k]!, rng);
    });
  }

  #fill(n: number, draw: (k: number) => number): Matrix {
    const points = matrix(n, this.dimension);
    for (let p = 0; p < points.data.length; p++) points.data[p] = draw(p % this.dimension);
    return points;
  }

  /** The tensor product of the families' rules: exact for products of the functions. */
  quadrature(): { points: Matrix; weights: Float64Array } {
    const rules = this.families.map((family, k) => family.quadrature(this.#counts[k]!));
    const n = rules.reduce((product, { points }) => product * points.length, 1);
    if (n > MOST_POINTS) {
      throw domainError(
        `ProductBasis.quadrature: the tensor rule would have ${n} points; at most ${MOST_POINTS}`,
      );
    }
    const points = matrix(n, this.dimension);
    const weights = new Float64Array(n).fill(1);
    let stride = 1;
    rules.forEach((rule, k) => {
      const length = rule.points.length;
      for (let i = 0; i < n; i++) {
        const at = Math.floor(i / stride) % length;
        points.data[i * this.dimension + k] = rule.points[at]!;
        weights[i]! *= rule.weights[at]!;
      }
      stride *= length;
    });
    return { points, weights };
  }
}

/**
 * The basis of products of univariate families over an index set.
 *
 * @throws TypeError, RangeError for no families, unknown sets, indices that a family lacks.
 */
export function productBasis(options: ProductBasisOptions): ProductBasis {
  const fn = "productBasis";
  checkType(typeof options === "object" && options !== null, fn, "options", "an object", options);
  const { families, set = "total", degree, indices } = options;
  checkType(Array.isArray(families), fn, "families", "an array of families", families);
  if (families.length === 0) throw shapeError(`${fn}: families must hold at least one family`);
  families.forEach((family, k) => {
    const ok = typeof family?.evaluate === "function" && typeof family.degree === "function";
    checkType(ok, fn, `families[${k}]`, "a UnivariateFamily", family);
  });
  if (indices !== undefined)
    return new ProductBasis([...families], checkedIndices(families, indices));
  const known = set === "total" || set === "hyperbolic" || set === "tensor";
  checkType(known, fn, "set", '"total", "hyperbolic" or "tensor"', set);
  checkCount(fn, "degree", degree, 0);
  return new ProductBasis([...families], indexSet(families, set, degree));
}

function checkedIndices(
  families: readonly UnivariateFamily[],
  indices: readonly (readonly number[])[],
): number[][] {
  const fn = "productBasis";
  checkType(Array.isArray(indices), fn, "indices", "an array of multi-indices", indices);
  if (indices.length === 0) throw shapeError(`${fn}: indices must hold at least one multi-index`);
  const seen = new Set<string>();
  return indices.map((index, i) => {
    if (index.length !== families.length) {
      throw shapeError(
        `${fn}: indices[${i}] must hold ${families.length} numbers, got ${index.length}`,
      );
    }
    index.forEach((j: number, k: number) => {
      checkCount(fn, `indices[${i}][${k}]`, j, 0, families[k]!.size - 1);
    });
    const name = index.join();
    if (seen.has(name)) throw domainError(`${fn}: indices[${i}] = [${name}] occurs twice`);
    seen.add(name);
    return [...index];
  });
}
