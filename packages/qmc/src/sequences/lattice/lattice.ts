import { domainError, type PoolOptions } from "@daily-kernel/compute";
import { defaultLatticeVector } from "../../construction/default-lattice-vector.ts";
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
import { checkDyadicRange } from "./dyadic-range.ts";
import {
  type GeneratingVectors,
  type IntegerVector,
  pickVectors,
  randomVectors,
} from "./generating-vector.ts";
import {
  type LatticeOrder,
  latticeOrders,
  orderedFractions,
  orderedWords,
} from "./lattice-order.ts";
import { type LatticeRows, writeLatticeRows, writeLatticeRowsOnPool } from "./lattice-rows.ts";
import { shiftRows } from "./shifts.ts";

export interface LatticeOptions extends SequenceOptions {
  /** "SHIFT" (the default) adds a random vector modulo 1; "none" leaves the origin the first point. */
  randomize?: "SHIFT" | "none";
  order?: LatticeOrder;
  /**
   * Integers, one a component (numbers, or bigints below 2^64), or an array of such vectors, one a
   * replication; "random" draws odd ones below 2^mMax for each replication. The library's own (see
   * `defaultLatticeVector`) without it.
   */
  generatingVector?: IntegerVector | readonly IntegerVector[] | "random";
  /** The vector is good for 2^mMax points: 20 by default, 32 for a vector that is given; at most 52. */
  mMax?: number;
  /** d numbers in [0, 1), or r arrays of d, instead of random ones. */
  shifts?: Nested;
}

/** Points up to this power of 2 have exact products in doubles. */
const EXACT = 26;

/**
 * A rank-1 lattice: point i is v(i) g + shift modulo 1, with v the radical inverse in base 2
 * (natural order, extensible), that of the Gray code, or i / nMax (linear order). O(n d).
 *
 * @throws RangeError beyond 2^mMax points or the length of the generating vector.
 */
export class Lattice extends Sequence {
  readonly structure: Structure;
  readonly order: LatticeOrder;
  readonly mMax: number;
  readonly #options: LatticeOptions;
  readonly #vectors: GeneratingVectors;
  readonly #shifts: Float64Array[];

  constructor(options: LatticeOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("Lattice", options, [
      "randomize",
      "order",
      "generatingVector",
      "mMax",
      "shifts",
    ]);
    const { shifts } = options;
    super(components.length, replications);
    const randomize = choose("Lattice", "randomize", options.randomize, ["SHIFT", "none"]);
    this.order = choose("Lattice", "order", options.order, latticeOrders);
    const { generatingVector, mMax } = vectorOf(options);
    this.mMax = mMax;
    this.#vectors =
      generatingVector === "random"
        ? randomVectors(seed, components, replications, mMax)
        : pickVectors("Lattice", generatingVector, components, replications);
    refuseUnused("Lattice", "shifts", shifts, randomize, ["SHIFT"]);
    if (randomize === "none" && this.#vectors.length !== replications) {
      throw domainError(
        `Lattice: without randomization replications must be 1, or have a vector each, got ${replications}`,
      );
    }
    this.#shifts = shiftRows("Lattice", shifts, randomize, seed, components, replications);
    this.structure = this.order === "natural" ? "lattice" : "other";
    this.#options = { ...options };
  }

  /** The generating vectors, one for all replications or one each, of the components in use. */
  get generatingVectors(): BigUint64Array[] {
    return this.#vectors.map((vector) => vector.slice());
  }

  /** The shifts, one array a replication. */
  get shifts(): Float64Array[] {
    return this.#shifts.map((shift) => shift.slice());
  }

  protected checkRange(nMin: number, nMax: number): void {
    const most = 2 ** this.mMax;
    if (nMax > most) {
      throw domainError(
        `Lattice: nMax must be at most 2^${this.mMax} = ${most}, for which the generating vector is made, got ${nMax}`,
      );
    }
    if (this.order === "natural") checkDyadicRange("Lattice", nMin, nMax);
    if (this.order === "linear") {
      const power = (n: number) => n === 0 || Number.isInteger(Math.log2(n));
      if (!power(nMin) || !power(nMax)) {
        throw domainError(
          `Lattice: in linear order nMin and nMax must be 0 or powers of 2, got ${nMin} and ${nMax}`,
        );
      }
    }
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const n = nMax - nMin;
    const size = n * this.dimension;
    this.#rows(nMin, nMax).forEach((rows, r) => {
      writeLatticeRows(out.subarray(r * size, (r + 1) * size), n, rows);
    });
  }

  protected override fillOnPool(
    nMin: number,
    nMax: number,
    out: Float64Array,
    options: PoolOptions,
  ): Promise<void> {
    return writeLatticeRowsOnPool(out, nMax - nMin, this.#rows(nMin, nMax), options);
  }

  #rows(nMin: number, nMax: number): LatticeRows[] {
    return this.#shifts.map((shifts, r) =>
      rowsOf(this.#vectors[r % this.#vectors.length]!, shifts, this.order, nMin, nMax),
    );
  }

  protected child(dimension: number, index: number): Lattice {
    const { shifts: _, ...options } = this.#options;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new Lattice({ ...options, dimension, seed });
  }
}

/** The generating vector to use, and for how many points at most. */
function vectorOf({ generatingVector, mMax }: LatticeOptions) {
  if (mMax !== undefined) checkInteger("Lattice", "mMax", mMax, 2, 52);
  if (generatingVector === "random") return { generatingVector, mMax: mMax ?? 20 };
  if (generatingVector !== undefined) return { generatingVector, mMax: mMax ?? 32 };
  const own = defaultLatticeVector();
  if (mMax !== undefined && mMax > own.mMax) {
    throw domainError(
      `Lattice: mMax must be at most ${own.mMax} with the default generating vector, got ${mMax}`,
    );
  }
  return { generatingVector: own.generatingVector, mMax: mMax ?? own.mMax };
}

function rowsOf(
  vector: BigUint64Array,
  shifts: Float64Array,
  order: LatticeOrder,
  nMin: number,
  nMax: number,
): LatticeRows {
  const m = Math.ceil(Math.log2(nMax));
  if (m > EXACT) return { vector, shifts, source: orderedWords(order, nMin, nMax) };
  // Only the last m bits of a component matter, for the multipliers have m bits.
  const mask = (1n << BigInt(m)) - 1n;
  const reduced = Float64Array.from(vector, (g) => Number(g & mask));
  return { vector: reduced, shifts, source: orderedFractions(order, nMin, nMax) };
}
