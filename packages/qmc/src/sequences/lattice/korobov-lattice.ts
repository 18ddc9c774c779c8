import { domainError } from "@daily-kernel/compute";
import { spawnedSeed } from "../component-rng.ts";
import type { Nested } from "../nested-numbers.ts";
import { Sequence, type Structure } from "../sequence.ts";
import { sequenceKernels } from "../sequence-kernels.ts";
import {
  checkInteger,
  checkSequenceOptions,
  choose,
  refuseUnused,
  type SequenceOptions,
} from "../sequence-options.ts";
import { korobovMultiplier, korobovVector } from "./korobov-multiplier.ts";
import { addModOne } from "./lattice-rows.ts";
import { shiftRows } from "./shifts.ts";

export interface KorobovLatticeOptions extends SequenceOptions {
  /** "SHIFT" (the default) adds a random vector modulo 1; "none" leaves the origin the first point. */
  randomize?: "SHIFT" | "none";
  /** a, for every n; by default the best one for each n and d (see `korobovMultiplier`). */
  multiplier?: number;
  /** d numbers in [0, 1), or r arrays of d, instead of random ones. */
  shifts?: Nested;
}

const MOST_POINTS = 2 ** 26;
const CHUNK = 1 << 17;

/**
 * The lattice of n points k (1, a, a^2, ..., a^(d-1)) / n + shift modulo 1, k = 0..n-1, for any n up
 * to 2^26. Its points depend on n, so nMin is 0 and every n is a lattice of its own.
 */
export class KorobovLattice extends Sequence {
  readonly structure: Structure = "other";
  readonly #options: KorobovLatticeOptions;
  readonly #components: Uint32Array;
  readonly #shifts: Float64Array[];

  constructor(options: KorobovLatticeOptions = {}) {
    const { components, replications, seed } = checkSequenceOptions("KorobovLattice", options, [
      "randomize",
      "multiplier",
      "shifts",
    ]);
    super(components.length, replications);
    const { multiplier, shifts } = options;
    const randomize = choose("KorobovLattice", "randomize", options.randomize, ["SHIFT", "none"]);
    if (multiplier !== undefined) {
      checkInteger("KorobovLattice", "multiplier", multiplier, 1, MOST_POINTS);
    }
    refuseUnused("KorobovLattice", "shifts", shifts, randomize, ["SHIFT"]);
    if (randomize === "none" && replications > 1) {
      throw domainError(
        `KorobovLattice: without randomization replications must be 1, got ${replications}`,
      );
    }
    this.#components = components;
    this.#shifts = shiftRows("KorobovLattice", shifts, randomize, seed, components, replications);
    this.#options = { ...options };
  }

  /** The multiplier a that n points use. */
  multiplier(n: number): number {
    checkInteger("KorobovLattice.multiplier", "n", n, 1, MOST_POINTS);
    const last = this.#components.reduce((most, j) => Math.max(most, j), 0);
    return this.#options.multiplier ?? korobovMultiplier(n, last + 1);
  }

  protected checkRange(nMin: number, nMax: number): void {
    if (nMin !== 0) {
      throw domainError(
        `KorobovLattice: nMin must be 0, for the points depend on n, got ${nMin} and nMax ${nMax}`,
      );
    }
    if (nMax > MOST_POINTS) {
      throw domainError(`KorobovLattice: nMax must be at most ${MOST_POINTS}, got ${nMax}`);
    }
  }

  protected fill(_nMin: number, n: number, out: Float64Array): void {
    const last = this.#components.reduce((most, j) => Math.max(most, j), 0);
    const powers = korobovVector(this.multiplier(n), n, last + 1);
    const z = Float64Array.from(this.#components, (j) => powers[j]!);
    const size = n * this.dimension;
    this.#shifts.forEach((shifts, r) => {
      writeRows(out.subarray(r * size, (r + 1) * size), n, z, shifts);
    });
  }

  protected child(dimension: number, index: number): KorobovLattice {
    const { shifts: _, ...options } = this.#options;
    const seed = spawnedSeed(options.seed ?? 0, index);
    return new KorobovLattice({ ...options, dimension, seed });
  }
}

function writeRows(out: Float64Array, n: number, z: Float64Array, shifts: Float64Array): void {
  const kernels = out.length < 64 ? null : sequenceKernels();
  if (kernels === null) {
    korobovRowsReference(out, n, z, shifts);
    return;
  }
  const { exports, heap } = kernels;
  const d = z.length;
  heap.scope((arena) => {
    const most = Math.max(1, Math.floor(CHUNK / (8 * d)));
    const chunk = arena.f64(most * d);
    const state = arena.f64(new Float64Array(d));
    const steps = arena.f64(z);
    const shift = arena.f64(shifts);
    for (let row = 0; row < n; row += most) {
      const count = Math.min(most, n - row);
      exports.korobovRows!(chunk, state, steps, shift, n, count, d);
      out.set(heap.f64(chunk, count * d), row * d);
    }
  });
}

/** The rows without WebAssembly. */
export function korobovRowsReference(
  out: Float64Array,
  n: number,
  z: Float64Array,
  shifts: Float64Array,
): void {
  const d = z.length;
  z.forEach((step, j) => {
    for (let k = 0, at = 0; k < n; k++, at = (at + step) % n) {
      out[k * d + j] = addModOne(at / n, shifts[j]!);
    }
  });
}
