import {
  checkObject,
  checkRunOptions,
  domainError,
  type Matrix,
  type RunOptions,
  shapeError,
  unsupportedError,
} from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import { spawnedSeed } from "../sequences/component-rng.ts";
import { KorobovLattice } from "../sequences/lattice/korobov-lattice.ts";
import { shiftRows } from "../sequences/lattice/shifts.ts";
import type { Nested } from "../sequences/nested-numbers.ts";
import { type PointSet, Sequence } from "../sequences/sequence.ts";
import {
  checkInteger,
  checkSequenceOptions,
  choose,
  refuseUnused,
} from "../sequences/sequence-options.ts";
import { Sobol } from "../sequences/sobol.ts";
import { unitPoints } from "./discrepancy.ts";
import { type OptimizePointsOptions, optimizePoints } from "./optimize-points.ts";

export interface MPMCOptions {
  /** n x d in [0, 1): one set for all replications, or a `PointSet` with one for each. */
  points: Matrix | PointSet;
  /** 1 by default, or as many as `points` has. */
  replications?: number;
  /** Of the shifts; 0 by default. */
  seed?: number | bigint;
  /** "SHIFT" (the default) adds a random vector modulo 1 to each replication; "none" nothing. */
  randomize?: "SHIFT" | "none";
  /** d numbers in [0, 1), or one array of d a replication, instead of random shifts. */
  shifts?: Nested;
}

export interface MPMCTrainOptions
  extends OptimizePointsOptions,
    RunOptions,
    Omit<MPMCOptions, "points"> {
  dimension: number;
  /** Points in the set. */
  n: number;
  /** Descents for each set, of which the best is kept; 4 by default. */
  starts?: number;
}

/**
 * Learned points, as in message-passing Monte Carlo (Rusch, Kirk, Bronstein, Lemieux and Rus 2024): a
 * set of fixed size whose L2 discrepancy was minimised. Here the points themselves are the parameters,
 * not a graph network that makes them (see `optimizePoints`). `MPMC.train` makes a set of any size;
 * the constructor takes one that is stored. A shift keeps what is periodic (`L2per`) and changes
 * other discrepancies.
 *
 * @throws RangeError for more points than the set has.
 */
export class MPMC extends Sequence {
  readonly structure = "other";
  /** Points in the set. */
  readonly n: number;
  readonly #data: Float64Array;
  readonly #shifts: Float64Array[];
  readonly #options: MPMCOptions;

  constructor(options: MPMCOptions) {
    knownOptions("MPMC", options, ["points", "replications", "seed", "randomize", "shifts"]);
    checkObject("MPMC", "points", options.points);
    const { points, seed = 0 } = options;
    const sets = "replications" in points ? points.replications : 1;
    const { replications = sets } = options;
    const { data, n, d } = unitPoints("MPMC", joined(points));
    const { components } = checkSequenceOptions("MPMC", { dimension: d, replications, seed });
    if (sets !== 1 && sets !== replications) {
      throw shapeError(`MPMC: points must have 1 or ${replications} replications, got ${sets}`);
    }
    const one = data.indexOf(1);
    if (one >= 0) throw domainError(`MPMC: points must lie in [0, 1), got 1 at index ${one}`);
    super(d, replications);
    const randomize = choose("MPMC", "randomize", options.randomize, ["SHIFT", "none"]);
    if (randomize === "none" && sets !== replications) {
      throw domainError(
        `MPMC: without randomization replications must be ${sets}, the sets of points, got ${replications}`,
      );
    }
    refuseUnused("MPMC", "shifts", options.shifts, randomize, ["SHIFT"]);
    this.n = n / sets;
    this.#data = data.slice();
    this.#shifts = shiftRows("MPMC", options.shifts, randomize, seed, components, replications);
    this.#options = { ...options };
  }

  /**
   * A set of n points for each replication: the best of `starts` that `optimizePoints` reaches from
   * shifted Korobov lattices and scrambled Sobol' points in turn. `seed` (0 by default) determines all.
   * O(n^2 d) a step; `onProgress` counts the steps of all.
   */
  static async train(options: MPMCTrainOptions): Promise<MPMC> {
    const fn = "MPMC.train";
    checkRunOptions(fn, options);
    const { dimension, n, starts = 4, seed = 0, replications = 1, onProgress, ...others } = options;
    const { randomize, shifts, ...descent } = others;
    checkInteger(fn, "n", n, 1, 2 ** 24);
    checkInteger(fn, "dimension", dimension, 1, 21201);
    checkInteger(fn, "starts", starts, 1, 2 ** 20);
    checkInteger(fn, "replications", replications, 1, 2 ** 20);
    const trained = new Float64Array(replications * n * dimension);
    const least = new Float64Array(replications).fill(Number.POSITIVE_INFINITY);
    for (let run = 0; run < replications * starts; run++) {
      const report = (done: number, total: number) =>
        onProgress?.(run * total + done, replications * starts * total);
      const start = startPoints(run % starts, n, dimension, spawnedSeed(seed, run));
      const found = await optimizePoints(start, { ...descent, onProgress: report });
      const r = Math.floor(run / starts);
      if (found.discrepancy >= least[r]!) continue;
      least[r] = found.discrepancy;
      trained.set(found.points.data, r * n * dimension);
    }
    return new MPMC({
      points: { data: trained, replications, n, dimension },
      replications,
      seed,
      ...(randomize === undefined ? {} : { randomize }),
      ...(shifts === undefined ? {} : { shifts }),
    });
  }

  /** The shifts, one array a replication. */
  get shifts(): Float64Array[] {
    return this.#shifts.map((shift) => shift.slice());
  }

  protected checkRange(_nMin: number, nMax: number): void {
    if (nMax > this.n) {
      throw domainError(`MPMC: nMax must be at most ${this.n}, the size of the set, got ${nMax}`);
    }
  }

  protected fill(nMin: number, nMax: number, out: Float64Array): void {
    const d = this.dimension;
    const whole = this.n * d;
    const several = this.#data.length > whole;
    for (const [r, shift] of this.#shifts.entries()) {
      const from = (several ? r * whole : 0) + nMin * d;
      const to = r * (nMax - nMin) * d;
      for (let i = 0; i < (nMax - nMin) * d; i++) {
        const y = this.#data[from + i]! + shift[i % d]!;
        // A sum just below 1 may have been rounded up to it, and 1 is 0 then.
        out[to + i] = y >= 1 ? y - 1 : y;
      }
    }
  }

  /** The same points with shifts of their own; other dimensions need other points. */
  protected child(dimension: number, index: number): MPMC {
    const { randomize, shifts: _, seed = 0, ...options } = this.#options;
    if (randomize === "none") {
      throw unsupportedError("MPMC.spawn: points without shifts have no copies; train another set");
    }
    if (dimension !== this.dimension) {
      throw unsupportedError(
        `MPMC.spawn: dimensions must all be ${this.dimension}, got ${dimension}; train another set`,
      );
    }
    return new MPMC({ ...options, seed: spawnedSeed(seed, index) });
  }
}

/** All sets of points below one another. */
function joined(points: Matrix | PointSet): Matrix | PointSet {
  if (!("replications" in points)) return points;
  const { data, replications, n, dimension } = points;
  return { data, rows: replications * n, cols: dimension };
}

/** n points to begin from, those of a lattice first: descent ends near where it begins. */
function startPoints(index: number, n: number, dimension: number, seed: bigint): Matrix {
  const lattice = index % 2 === 0 && n > 1;
  const { data } = lattice
    ? new KorobovLattice({ dimension, seed }).points({ nMax: n })
    : new Sobol({ dimension, seed }).points({ nMax: 2 ** Math.ceil(Math.log2(n)) });
  return { data: data.slice(0, n * dimension), rows: n, cols: dimension };
}
