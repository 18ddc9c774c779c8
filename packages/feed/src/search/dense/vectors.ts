import { inputError } from "../../feed-error.ts";
import { EmbeddingDimensionMismatch } from "./embedding-dimension-mismatch.ts";
import { Rows } from "./rows.ts";
import { unit } from "./unit.ts";

/** The vectors of one model, by the paper's id: every search compares all of them exactly. */
export class Vectors {
  readonly model: string;
  readonly dimension: number;
  readonly #rows: Rows;
  readonly #rowOf = new Map<string, number>();
  readonly #ids: string[] = [];

  constructor(model: string, dimension: number) {
    this.model = model;
    this.dimension = dimension;
    this.#rows = new Rows(dimension);
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
    this.#rows.set(row, unit(vector));
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

  dispose(): void {
    this.#rows.dispose();
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
