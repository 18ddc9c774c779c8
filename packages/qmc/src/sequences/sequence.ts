import {
  allocate,
  checkObject,
  checkPoolOptions,
  checkType,
  domainError,
  type PoolOptions,
  shapeError,
  type ThreadPool,
} from "@daily-kernel/compute";
import { checkInteger, checkSpawn } from "./sequence-options.ts";

/** A block of points in [0, 1)^d: coordinate j of point i of replication r at `data[(r n + i) d + j]`. */
export interface PointSet {
  data: Float64Array;
  replications: number;
  n: number;
  dimension: number;
}

export interface PointsOptions {
  /** Index of the first point; 0 by default. */
  nMin?: number;
  /** Index after the last point. */
  nMax: number;
  /** Where to write, `replications * (nMax - nMin) * dimension` long; a new array by default. */
  out?: Float64Array;
}

export interface BlocksOptions {
  /** Points a block; 2^16 by default, a power of two. */
  size?: number;
  /** Index after the last point of the last block; without it the blocks never end. */
  nMax?: number;
  signal?: AbortSignal;
  /** Threads to make each block on. */
  pool?: ThreadPool;
  /** Write every block over the one before, which saves the time to get fresh memory; else false. */
  reuse?: boolean;
}

/** Indices are whole numbers below this. */
const MOST_POINTS = 2 ** 53;

/** What a stopping rule or a fast Gram matrix needs to know of how the points are built. */
export type Structure = "iid" | "lattice" | "net" | "other";

/**
 * Points that fill the unit cube, addressed by their index: extensible, with random access. Each of
 * the `replications` is randomised independently.
 */
export abstract class Sequence {
  readonly dimension: number;
  readonly replications: number;
  /**
   * `lattice`: natural order with shifts; `net`: base 2, natural order, and at most a matrix
   * scramble and a digital shift. Only these two diagonalise a Gram matrix.
   */
  abstract readonly structure: Structure;
  #position = 0;
  #spawned = 0;

  protected constructor(dimension: number, replications: number) {
    this.dimension = dimension;
    this.replications = replications;
  }

  /** How the class is called in messages. */
  protected get label(): string {
    return this.constructor.name;
  }

  /** Throws if points nMin..nMax-1 cannot be had (0 <= nMin <= nMax holds already). */
  protected abstract checkRange(nMin: number, nMax: number): void;

  /** Writes points nMin..nMax-1 of all replications to `out`. */
  protected abstract fill(nMin: number, nMax: number, out: Float64Array): void;

  /**
   * What `fill` does, on a pool: the same bits for any number of threads. Sequences that gain nothing
   * from threads leave it to the calling one.
   */
  protected async fillOnPool(
    nMin: number,
    nMax: number,
    out: Float64Array,
    options: PoolOptions,
  ): Promise<void> {
    this.fill(nMin, nMax, out);
    options.onProgress?.(1, 1);
  }

  /** The `index`-th sequence that this one spawns: of its kind, with a seed that follows from both. */
  protected abstract child(dimension: number, index: number): Sequence;

  /**
   * Independent sequences of the same kind, one of each of the given dimensions (one of this one's
   * by default), from seeds that depend on this one's seed and on how often it has spawned.
   */
  spawn(dimensions: readonly number[] = [this.dimension]): this[] {
    checkSpawn(`${this.label}.spawn`, dimensions);
    return dimensions.map((dimension) => this.child(dimension, this.#spawned++) as this);
  }

  /** Points nMin..nMax-1; with `{ pool, signal?, onProgress? }` a promise of the same. */
  points(options: PointsOptions & PoolOptions): Promise<PointSet>;
  points(options: PointsOptions): PointSet;
  points(options: PointsOptions & Partial<PoolOptions>): PointSet | Promise<PointSet> {
    if (options?.pool !== undefined)
      return this.#pointsOnPool(options as PoolOptions & PointsOptions);
    const { nMin, nMax, set } = this.#prepare(options);
    if (set.data.length > 0) this.fill(nMin, nMax, set.data);
    return set;
  }

  async #pointsOnPool(options: PointsOptions & PoolOptions): Promise<PointSet> {
    const { nMin, nMax, set } = this.#prepare(options);
    options.signal?.throwIfAborted();
    if (set.data.length > 0) await this.fillOnPool(nMin, nMax, set.data, options);
    return set;
  }

  /** Checks at the door, then makes room for the points. */
  #prepare(options: PointsOptions): { nMin: number; nMax: number; set: PointSet } {
    const where = `${this.label}.points`;
    const { nMin, nMax } = this.range(options);
    checkPoolOptions(where, options);
    const n = nMax - nMin;
    const length = this.replications * n * this.dimension;
    if (options.out !== undefined) {
      const { out } = options;
      checkType(out instanceof Float64Array, where, "out", "a Float64Array", out);
      if (out.length !== length) {
        throw shapeError(`${where}: out must hold ${length} numbers, got ${out.length}`);
      }
    }
    const data = options.out ?? allocate(where, Float64Array, length);
    const { replications, dimension } = this;
    return { nMin, nMax, set: { data, replications, n, dimension } };
  }

  /** The next n points: 0..n-1 at first, then those that follow. */
  next(n: number): PointSet {
    checkInteger(`${this.label}.next`, "n", n, 0, MOST_POINTS);
    const set = this.points({ nMin: this.#position, nMax: this.#position + n });
    this.#position += n;
    return set;
  }

  /** Lets `next` begin at 0 again. */
  reset(): void {
    this.#position = 0;
  }

  /** The points block by block, in memory that does not grow with their number. */
  async *blocks(options: BlocksOptions = {}): AsyncGenerator<PointSet, void, void> {
    const where = `${this.label}.blocks`;
    checkObject(where, "options", options);
    const { size = 65536, nMax = Number.POSITIVE_INFINITY, signal, pool, reuse = false } = options;
    checkPoolOptions(where, options);
    checkType(typeof size === "number", where, "options.size", "a number", size);
    checkType(typeof nMax === "number", where, "options.nMax", "a number", nMax);
    if (!Number.isSafeInteger(size) || size < 1 || !Number.isInteger(Math.log2(size))) {
      throw domainError(`${where}: size must be a power of two, got ${size}`);
    }
    if (nMax !== Number.POSITIVE_INFINITY) {
      checkInteger(where, "nMax", nMax, 0, MOST_POINTS);
      // What the last block would be refused for is refused before the first.
      this.range({ nMin: Math.floor(Math.max(0, nMax - 1) / size) * size, nMax });
    }
    checkType(typeof reuse === "boolean", where, "options.reuse", "a boolean", reuse);
    const numbers = (n: number) => this.replications * n * this.dimension;
    const kept = reuse ? allocate(where, Float64Array, numbers(Math.min(size, nMax))) : undefined;
    for (let nMin = 0; nMin < nMax; nMin += size) {
      signal?.throwIfAborted();
      const n = Math.min(size, nMax - nMin);
      const out = kept?.subarray(0, numbers(n));
      const block = { nMin, nMax: nMin + n, ...(out && { out }) };
      if (pool === undefined) yield this.points(block);
      else yield await this.points({ ...block, pool, ...(signal && { signal }) });
    }
  }

  protected range(options: PointsOptions): { nMin: number; nMax: number } {
    const where = `${this.label}.points`;
    checkObject(where, "options", options);
    const { nMin = 0, nMax } = options;
    checkInteger(where, "nMin", nMin, 0, MOST_POINTS);
    checkInteger(where, "nMax", nMax, 0, MOST_POINTS);
    if (nMin > nMax) throw domainError(`${where}: nMin ${nMin} must not exceed nMax ${nMax}`);
    this.checkRange(nMin, nMax);
    return { nMin, nMax };
  }
}
