import { domainError, type Matrix, matrix, numericError, type Rng } from "@daily-kernel/compute";
import { checkCount, checkedNumbers, checkPoints, checkRng } from "../check.ts";
import { dependentColumn, factorQr, invertUpper, signedR, thinQ } from "../linear/qr.ts";
import { Cumulative } from "./cumulative.ts";
import type { MeasurableBasis } from "./orthonormal-basis.ts";

export interface FiniteBasisOptions {
  /** Probabilities of the rows, up to a factor. Default all equal. */
  readonly weights?: ArrayLike<number>;
}

/**
 * The columns of an N x m matrix, orthonormalised for a measure on its rows: a finite domain. Its
 * points are row numbers: n x 1.
 */
export class FiniteBasis implements MeasurableBasis {
  readonly dimension = 1;
  readonly features: number;
  /** N. */
  readonly size: number;
  /** The probability of each row. */
  readonly probabilities: Float64Array;
  /** K_ii of the projection process: the statistical leverage of each row, sum m. */
  readonly leverages: Float64Array;
  readonly #rows: Matrix; // orthonormal functions at the rows
  readonly #inverse: Matrix; // R^-1
  readonly #measure: Cumulative;
  readonly #optimal: Cumulative;

  constructor(a: Matrix, { weights }: FiniteBasisOptions = {}) {
    checkPoints("FiniteBasis", "a", a);
    const { rows: n, cols: m } = a;
    checkCount("FiniteBasis", "a.cols", m, 1, Math.max(1, n));
    const given = checkedNumbers(
      "FiniteBasis",
      "weights",
      weights ?? new Float64Array(n).fill(1),
      n,
      true,
    );
    const total = given.reduce((sum, weight) => sum + weight, 0);
    this.probabilities = given.map((weight) => weight / total);
    const scaled = matrix(n, m);
    for (let p = 0; p < scaled.data.length; p++) {
      scaled.data[p] = a.data[p]! * Math.sqrt(this.probabilities[Math.floor(p / m)]!);
    }
    const qr = factorQr(scaled);
    const dependent = dependentColumn(qr);
    if (dependent >= 0) {
      throw numericError(
        `FiniteBasis: a must have independent columns; column ${dependent} is a combination of those before it`,
      );
    }
    this.size = n;
    this.features = m;
    this.#rows = thinQ(qr);
    this.#inverse = invertUpper(signedR(qr));
    this.leverages = new Float64Array(n);
    for (let p = 0; p < this.#rows.data.length; p++) {
      const i = Math.floor(p / m);
      this.leverages[i]! += this.#rows.data[p]! ** 2;
      this.#rows.data[p]! /= Math.sqrt(this.probabilities[i]!);
    }
    this.#measure = new Cumulative(this.probabilities);
    this.#optimal = new Cumulative(this.leverages);
  }

  map(x: Matrix): Matrix {
    checkPoints("FiniteBasis.map", "x", x, 1);
    const m = this.features;
    const out = matrix(x.rows, m);
    for (let i = 0; i < x.rows; i++) {
      const row = x.data[i]!;
      if (!(Number.isInteger(row) && row >= 0 && row < this.size)) {
        throw domainError(
          `FiniteBasis.map: x must hold row numbers in 0..${this.size - 1}, got ${row} at row ${i}`,
        );
      }
      out.data.set(this.#rows.data.subarray(row * m, (row + 1) * m), i * m);
    }
    return out;
  }

  /** Coefficients by the columns of the matrix, from those by the orthonormal functions. */
  columnCoefficients(coefficients: ArrayLike<number>): Float64Array {
    const m = this.features;
    const c = checkedNumbers("FiniteBasis.columnCoefficients", "coefficients", coefficients, m);
    return c.map((_, i) => {
      let sum = 0;
      for (let j = i; j < m; j++) sum += this.#inverse.data[i * m + j]! * c[j]!;
      return sum;
    });
  }

  sampleMeasure(n: number, rng: Rng): Matrix {
    return this.#draw("FiniteBasis.sampleMeasure", n, rng, this.#measure);
  }

  sampleChristoffel(n: number, rng: Rng): Matrix {
    return this.#draw("FiniteBasis.sampleChristoffel", n, rng, this.#optimal);
  }

  #draw(fn: string, n: number, rng: Rng, from: Cumulative): Matrix {
    checkCount(fn, "n", n, 0);
    checkRng(fn, rng);
    return matrix(
      n,
      1,
      Float64Array.from({ length: n }, () => from.draw(rng)),
    );
  }

  quadrature(): { points: Matrix; weights: Float64Array } {
    const points = matrix(
      this.size,
      1,
      Float64Array.from({ length: this.size }, (_, i) => i),
    );
    return { points, weights: this.probabilities.slice() };
  }
}
