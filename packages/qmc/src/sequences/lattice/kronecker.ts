import { checkType, domainError, type PoolOptions, shapeError } from "@daily-kernel/compute";
import { spawnedSeed } from "../component-rng.ts";
import type { Nested } from "../nested-numbers.ts";
import { Sequence, type Structure } from "../sequence.ts";
import {
  checkInteger,
  checkSequenceOptions,
  choose,
  refuseUnused,
  type SequenceOptions,
} from "../sequence-options.ts";
import { type IntegerVector, pickVectors } from "./generating-vector.ts";
import { richtmyer, suzuki, wordOf } from "./kronecker-alpha.ts";
import { cbcKronecker, mostCbcComponents } from "./kronecker-cbc.ts";
import { type PeriodicKernel, squaredDiscrepancies } from "./kronecker-discrepancy.ts";
import {
  type LatticeRows,
  type MultiplierSource,
  writeLatticeRows,
  writeLatticeRowsOnPool,
} from "./lattice-rows.ts";
import { shiftRows } from "./shifts.ts";

export interface KroneckerOptions extends SequenceOptions {
  /** "SHIFT" (the default) adds a random vector modulo 1; "none" leaves the origin the first point. */
  randomize?: "SHIFT" | "none";
  /**
   * "cbc" (the default, at most 256 components), "richtmyer", "suzuki", or alpha itself: numbers, or
   * bigints in units of 2^-64, one a component; or an array of such vectors, one a replication.
   */
  generatingVector?:
    | "cbc"
    | "richtmyer"
    | "suzuki"
    | ArrayLike<number>
    | ArrayLike<bigint>
    | readonly (ArrayLike<number> | ArrayLike<bigint>)[];
  /** d numbers in [0, 1), or r arrays of d, instead of random ones. */
  shifts?: Nested;
}

/** Rows of the table 0, 1, 2, ... that blocks of points share. */
const ROWS = 4096;
const counting = BigUint64Array.from({ length: ROWS }, (_, i) => BigInt(i));

/**
 * The Kronecker sequence i alpha + shift modulo 1. alpha has 64 fractional bits and products are
 * exact, so that point 2^40 is as good as point 1. Extensible for any n up to 2^53 - 1.
 */
export class Kronecker extends Sequence {
  readonly structure: Structure = "other";
  readonly #options: KroneckerOptions;
  readonly #vectors: BigUint64Array[];
  readonly #shifts: Float64Array[];

  constructor(options: KroneckerOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("Kronecker", options, [
      "randomize",
      "generatingVector",
      "shifts",
    ]);
    super(components.length, replications);
    const { shifts } = options;
    const randomize = choose("Kronecker", "randomize", options.randomize, ["SHIFT", "none"]);
    refuseUnused("Kronecker", "shifts", shifts, randomize, ["SHIFT"]);
    this.#vectors = vectors(options.generatingVector, components, replications);
    if (randomize === "none" && this.#vectors.length !== replications) {
      throw domainError(
        `Kronecker: without randomization replications must be 1, or have a vector each, got ${replications}`,
      );
    }
    this.#shifts = shiftRows("Kronecker", shifts, randomize, seed, components, replications);
    this.#options = { ...options };
  }

  /** alpha in units of 2^-64: one vector for all replications or one each. */
  get generatingVectors(): BigUint64Array[] {
    return this.#vectors.map((vector) => vector.slice());
  }

  /** The shifts, one array a replication. */
  get shifts(): Float64Array[] {
    return this.#shifts.map((shift) => shift.slice());
  }

  protected checkRange(): void {}

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const n = nMax - nMin;
    const size = n * this.dimension;
    this.#rows(nMin).forEach((rows, r) => {
      writeLatticeRows(out.subarray(r * size, (r + 1) * size), n, rows);
    });
  }

  protected override fillOnPool(
    nMin: number,
    nMax: number,
    out: Float64Array,
    options: PoolOptions,
  ): Promise<void> {
    return writeLatticeRowsOnPool(out, nMax - nMin, this.#rows(nMin), options);
  }

  #rows(nMin: number): LatticeRows[] {
    const source: MultiplierSource<BigUint64Array> = (row, most) => ({
      table: counting,
      shared: true,
      from: 0,
      count: Math.min(most, ROWS),
      offset: BigInt(nMin + row),
    });
    return this.#shifts.map((shifts, r) => ({
      vector: this.#vectors[r % this.#vectors.length]!,
      shifts,
      source,
    }));
  }

  /**
   * The discrepancy of the first k points without their shift, k = 1..n, in a space of periodic
   * functions: sqrt(sum_{i,l<k} K(x_i - x_l) / k^2 - integral of K). By default
   * K(x) = prod_j (1 + weights_j B_2(x_j)). n numbers, or n for each vector. O(n d).
   */
  periodicDiscrepancy(n: number, kernel: PeriodicKernel = {}): Float64Array {
    return this.#squared("periodicDiscrepancy", n, kernel).map((x) => Math.sqrt(Math.max(0, x)));
  }

  /** sum_k sums_k D^2(k), k = 1..n, of `periodicDiscrepancy`'s D: one number for each vector. */
  wssdDiscrepancy(n: number, sums: ArrayLike<number>, kernel: PeriodicKernel = {}): Float64Array {
    const squares = this.#squared("wssdDiscrepancy", n, kernel);
    if (sums.length !== n) {
      throw shapeError(
        `Kronecker.wssdDiscrepancy: sums must hold ${n} numbers, got ${sums.length}`,
      );
    }
    return Float64Array.from(this.#vectors, (_, r) => {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += sums[k]! * squares[r * n + k]!;
      return sum;
    });
  }

  protected child(dimension: number, index: number): Kronecker {
    const { shifts: _, ...options } = this.#options;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new Kronecker({ ...options, dimension, seed });
  }

  #squared(method: string, n: number, kernel: PeriodicKernel): Float64Array {
    checkInteger(`Kronecker.${method}`, "n", n, 1, 2 ** 32);
    const d = this.dimension;
    const out = new Float64Array(this.#vectors.length * n);
    this.#vectors.forEach((vector, r) => {
      const points = new Kronecker({ dimension: d, randomize: "none", generatingVector: vector });
      const { data } = points.points({ nMax: n });
      out.set(squaredDiscrepancies(`Kronecker.${method}`, data, n, d, kernel), r * n);
    });
    return out;
  }
}

function vectors(
  given: KroneckerOptions["generatingVector"],
  components: Uint32Array,
  replications: number,
): BigUint64Array[] {
  const need = components.reduce((most, j) => Math.max(most, j), 0) + 1;
  if (given === undefined || typeof given === "string") {
    const kind = choose("Kronecker", "generatingVector", given, ["cbc", "richtmyer", "suzuki"]);
    if (kind === "cbc" && need > mostCbcComponents) {
      throw domainError(
        `Kronecker: dimension must be at most ${mostCbcComponents} with the cbc vector, got ${need}`,
      );
    }
    const all = { cbc: cbcKronecker, richtmyer, suzuki }[kind](need);
    return [BigUint64Array.from(components, (j) => all[j]!)];
  }
  const words = (list: unknown, name: string): unknown => {
    checkType(
      Array.isArray(list) || ArrayBuffer.isView(list),
      "Kronecker",
      name,
      "an array of numbers",
      list,
    );
    return Array.from(list as ArrayLike<unknown>, (item, i) => {
      if (typeof item === "object") return words(item, `${name}[${i}]`);
      if (typeof item !== "number") return item;
      if (!Number.isFinite(item)) {
        throw domainError(`Kronecker: ${name}[${i}] must be finite, got ${item}`);
      }
      return wordOf(item);
    });
  };
  return pickVectors(
    "Kronecker",
    words(given, "generatingVector") as IntegerVector,
    components,
    replications,
  );
}
