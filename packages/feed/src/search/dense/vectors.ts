import { inputError } from "../../feed-error.ts";
import { top } from "../ranking/top.ts";
import { CoarseRows } from "./coarse-rows.ts";
import { EmbeddingDimensionMismatch } from "./embedding-dimension-mismatch.ts";
import { Rows } from "./rows.ts";
import { unit } from "./unit.ts";

/** With fewer rows a rounded copy saves nothing. */
const COARSE_FROM = 4096;
/** Of single-precision products: the better one of two lies at the bound itself. */
const ROUNDING = 1e-6;

/** The vectors of one model, by the paper's id: every search compares all of them. */
export class Vectors {
  readonly model: string;
  readonly dimension: number;
  readonly #rows: Rows;
  readonly #coarse: CoarseRows;
  readonly #rowOf = new Map<string, number>();
  readonly #ids: string[] = [];

  constructor(model: string, dimension: number) {
    this.model = model;
    this.dimension = dimension;
    this.#rows = new Rows(dimension);
    this.#coarse = new CoarseRows(dimension);
  }

  /** Whose vectors there are, by row. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /**
   * Keeps the vector, scaled to length 1; one of length 0 resembles nothing.
   * @throws EmbeddingDimensionMismatch; FeedError `ERR_INPUT` for a number that is not finite.
   */
  set(id: string, vector: Float32Array): void {
    this.#check(vector);
    const row = this.#rowOf.get(id) ?? this.#ids.push(id) - 1;
    this.#rowOf.set(id, row);
    const scaled = unit(vector);
    this.#rows.set(row, scaled);
    this.#coarse.set(row, scaled);
  }

  get(id: string): Float32Array | undefined {
    const row = this.#rowOf.get(id);
    return row === undefined ? undefined : this.#rows.get(row);
  }

  /** The cosines of the vector with every row; 0 for vectors of length 0. @throws as `set`. */
  cosines(vector: Float32Array): Float32Array {
    this.#check(vector);
    return this.#rows.dots(unit(vector), this.#ids.length);
  }

  /**
   * The `k` allowed rows whose cosines with the vector are the largest, best first (ties by
   * `earlier`), of those that lie at least a standard deviation above the mean of all: every vector
   * has some cosine, few say anything. Of many rows, only those are computed in full that, by their
   * rounded copies, may be among the k; the mean and the deviation are then those of the copies.
   * @throws as `set`.
   */
  nearest(
    vector: Float32Array,
    k: number,
    earlier: (a: number, b: number) => boolean,
    allowed: (row: number) => boolean,
  ): number[] {
    const n = this.#ids.length;
    if (n < COARSE_FROM) {
      const cosines = this.cosines(vector);
      const least = meanPlusDeviation(cosines) - ROUNDING;
      return top(cosines, k, earlier, (row) => cosines[row]! >= least && allowed(row));
    }
    this.#check(vector);
    const query = unit(vector);
    const { dots, error } = this.#coarse.dots(query, n);
    const least = meanPlusDeviation(dots) - ROUNDING;
    const possible = (row: number) => dots[row]! + error(row) >= least && allowed(row);
    const likely = top(dots, k, earlier, possible);
    // The k likely ones are at least this good; whatever cannot be as good is not among the best.
    const bound =
      likely.length < k
        ? least
        : likely.reduce((low, row) => Math.min(low, dots[row]! - error(row)), 1);
    const rows: number[] = [];
    for (let row = 0; row < n; row++) {
      if (dots[row]! + error(row) >= bound && possible(row)) rows.push(row);
    }
    const cosines = this.#rows.dotsOf(query, rows);
    return top(
      cosines,
      k,
      (a, b) => earlier(rows[a]!, rows[b]!),
      (i) => cosines[i]! >= least,
    ).map((i) => rows[i]!);
  }

  dispose(): void {
    this.#rows.dispose();
    this.#coarse.dispose();
  }

  #check(vector: Float32Array): void {
    if (vector.length !== this.dimension) {
      throw new EmbeddingDimensionMismatch(this.model, this.dimension, vector.length);
    }
    const bad = vector.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw inputError(`${this.model}: vector[${bad}] must be finite, got ${vector[bad]}`);
    }
  }
}

function meanPlusDeviation(values: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return mean + Math.sqrt(Math.max(0, squares / values.length - mean * mean));
}
