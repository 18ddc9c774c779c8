import { allocate, domainError, type PoolOptions } from "@daily-kernel/compute";
import type { PointsOptions, Structure } from "../sequence.ts";
import { Sequence } from "../sequence.ts";
import { coordinateDigits } from "./coordinate-digits.ts";
import { hasKernel, writeCoordinates, writeCoordinatesOnPool } from "./coordinate-rows.ts";
import { type Coordinate, indexLimit } from "./digital-plan.ts";

/** Digits of points: digit t of coordinate j of point i of replication r at `data[((r n + i) d + j) digits + t]`. */
export interface DigitSet {
  data: Uint32Array;
  replications: number;
  n: number;
  dimension: number;
  /** The largest number of digits of a coordinate; others have zeros after theirs. */
  digits: number;
}

/** Sequences whose coordinates are made digit by digit, each in a base of its own. */
export abstract class AnyBaseSequence extends Sequence {
  readonly structure: Structure = "other";
  readonly #coordinates: readonly (readonly Coordinate[])[];
  readonly #limit: number;

  /** `coordinates[r][j]` is coordinate j of replication r. */
  protected constructor(coordinates: readonly (readonly Coordinate[])[]) {
    super(coordinates[0]!.length, coordinates.length);
    this.#coordinates = coordinates;
    this.#limit = Math.min(...coordinates.map((row) => indexLimit(row)));
  }

  /** The base of each coordinate. */
  get bases(): number[] {
    return this.#coordinates[0]!.map(({ base }) => base);
  }

  /** The digits of points nMin..nMax-1, after randomisation. */
  digits(options: PointsOptions): DigitSet {
    const { nMin, nMax } = this.range(options);
    const n = nMax - nMin;
    const { dimension, replications } = this;
    const most = Math.max(...this.#coordinates.map((row) => Math.max(...row.map((c) => c.digits))));
    const length = replications * n * dimension * most;
    const data = allocate(`${this.label}.digits`, Uint32Array, length);
    let at = 0;
    for (const row of this.#coordinates) {
      for (let i = nMin; i < nMax; i++) {
        for (const coordinate of row) {
          coordinateDigits(coordinate, i, data.subarray(at, at + coordinate.digits));
          at += most;
        }
      }
    }
    return { data, replications, n, dimension, digits: most };
  }

  protected checkRange(_nMin: number, nMax: number): void {
    if (nMax > this.#limit) {
      throw domainError(
        `${this.label}: nMax must be at most ${this.#limit}, for which the matrices have columns, got ${nMax}`,
      );
    }
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const n = nMax - nMin;
    const size = n * this.dimension;
    this.#coordinates.forEach((row, r) => {
      writeCoordinates(row, nMin, n, out.subarray(r * size, (r + 1) * size));
    });
  }

  protected override async fillOnPool(
    nMin: number,
    nMax: number,
    out: Float64Array,
    options: PoolOptions,
  ): Promise<void> {
    const n = nMax - nMin;
    if (this.#coordinates.every((row) => row.every(hasKernel))) {
      await writeCoordinatesOnPool(this.#coordinates, nMin, n, out, options);
    } else await super.fillOnPool(nMin, nMax, out, options);
  }
}
