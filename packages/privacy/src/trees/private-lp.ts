import {
  checkObject,
  checkRunOptions,
  checkType,
  domainError,
  type Matrix,
} from "@daily-kernel/compute";
import { Mechanism, type Part, type PrivacyOptions, type RunOptions } from "../mechanism.ts";
import { pacer } from "../pacer.ts";
import {
  type Box,
  boxOf,
  checkOutside,
  checkRecords,
  checkWhole,
  type Outside,
  placeIn,
  type RangeOption,
} from "../range.ts";
import { DistanceRelease, type Estimator } from "./distance-release.ts";
import { addOffsets, leafOf, OFFSET_GRID, sumUpwards, type Tree } from "./dyadic-tree.ts";

export interface TreeOptions extends PrivacyOptions {
  /** Numbers in a record, >= 1. */
  dimension: number;
  /** Public bounds of the records, not computed from them. */
  range: RangeOption;
  /** Relative width of a shell, in [0.0001, 1]; the estimate is up to 1 + alpha times the sum. Default 0.1. */
  alpha?: number | undefined;
  /** Levels of the trees, 2..24: distances are rounded to range / 2^levels. Default 12. */
  levels?: number | undefined;
  /** What a record outside the range does. `"throw"` tells that there is one. Default `"throw"`. */
  outside?: Outside | undefined;
}

export interface L1Options extends TreeOptions {
  /** `"shells"` (the paper's), or `"offsets"`: no multiplicative error, O(d levels). Default `"shells"`. */
  estimator?: Estimator | undefined;
}

export interface LpOptions extends TreeOptions {
  /** p > 0 of sum_j |x_j - y_j|^p. */
  p: number;
}

/** Dyadic trees of noisy counts, one a coordinate, that share epsilon. */
class DistanceTrees {
  readonly dimension: number;
  readonly levels: number;
  readonly #fn: string;
  readonly #mechanism: Mechanism;
  readonly #box: Box;
  readonly #alpha: number;
  readonly #power: number;
  readonly #estimator: Estimator;
  readonly #outside: Outside;

  constructor(fn: string, options: TreeOptions, power: number, estimator: Estimator) {
    checkObject(fn, "options", options);
    const { alpha = 0.1, outside = "throw" } = options;
    this.dimension = checkWhole(fn, "dimension", options.dimension, 1, 1e6);
    this.levels = checkWhole(fn, "levels", options.levels ?? 12, 2, 24);
    this.#box = boxOf(fn, options.range, this.dimension);
    checkType(typeof alpha === "number", fn, "alpha", "a number", alpha);
    if (!(alpha >= 1e-4 && alpha <= 1)) {
      throw domainError(`${fn}: alpha must be in [0.0001, 1], got ${alpha}`);
    }
    checkOutside(fn, outside);
    this.#fn = fn;
    this.#alpha = alpha;
    this.#outside = outside;
    this.#power = power;
    this.#estimator = estimator;
    this.#mechanism = new Mechanism(fn, options, this.#parts(options));
  }

  /** A record is in one node of each level of each tree; a substitute can be in another of each. */
  #parts({ adjacency }: TreeOptions): Part[] {
    const touched = this.dimension * this.levels * (adjacency === "substitute" ? 2 : 1);
    const counts = { what: "counts", sensitivity: touched, share: 1 };
    if (this.#estimator === "shells") return [counts];
    const offsets = { what: "offsets", sensitivity: (touched * OFFSET_GRID) / 2, share: 0.5 };
    return [{ ...counts, share: 0.5 }, offsets];
  }

  /** Largest l1 change of the published counts between neighbours: d levels, or 2 d levels. */
  sensitivity(): number {
    return this.#mechanism.parts[0]!.sensitivity;
  }

  /** Scale b of the Laplace noise of every count. */
  noiseScale(): number {
    return this.#mechanism.scale(0);
  }

  /**
   * Publishes: O(n d levels) for the records, O(d 2^levels) noise.
   * @param x - n x d private records.
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` for another x, `ERR_DOMAIN` for a record outside
   *   the range (unless clamped), NaN, or a budget that does not suffice.
   */
  async fit(x: Matrix, options: RunOptions = {}): Promise<DistanceRelease> {
    const fn = `${this.#fn}.fit`;
    checkRunOptions(fn, options);
    checkRecords(fn, x, this.dimension);
    this.#mechanism.charge();
    const { counts, offsets } = await this.#statistic(fn, x, options);
    // Entries 0 and 1 are no nodes.
    const pieces = (part: number, trees: readonly Tree[]) =>
      trees.map((tree) => ({ part, values: tree.subarray(2) }));
    await this.#mechanism.addNoise([...pieces(0, counts), ...pieces(1, offsets)], options);
    const { lower, width } = this.#box;
    const state = {
      kind: "distance" as const,
      version: 1 as const,
      privacy: this.#mechanism.privacy(),
      estimator: this.#estimator,
      power: this.#power,
      alpha: this.#alpha,
      levels: this.levels,
      lower: Array.from(lower),
      width: Array.from(width),
      variances: [
        this.#mechanism.variance(0),
        offsets.length > 0 ? this.#mechanism.variance(1) : 0,
      ] as [number, number],
    };
    return new DistanceRelease(state, counts, offsets);
  }

  async #statistic(fn: string, { data, rows, cols }: Matrix, { signal }: RunOptions) {
    const { levels } = this;
    const trees = () => Array.from({ length: cols }, () => new Float64Array(2 ** (levels + 1)));
    const counts = trees();
    const offsets = this.#estimator === "offsets" ? trees() : [];
    const rest = pacer(signal, 1 << 18);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < cols; j++) {
        const place = placeIn(fn, "x", this.#box, j, data[i * cols + j]!, this.#outside);
        counts[j]![2 ** levels + leafOf(place, levels)]!++;
        if (offsets.length > 0) addOffsets(offsets[j]!, place, levels);
      }
      await rest(offsets.length > 0 ? cols * levels : cols);
    }
    for (const tree of counts) {
      sumUpwards(tree);
      await rest(tree.length);
    }
    return { counts, offsets };
  }
}

/**
 * Private sums of l1 distances (Backurs et al., ICLR 2024, section on l1): d trees of noisy counts. With
 * shells an estimate is within a factor 1 + alpha and an additive O(R log^1.5 n d^1.5 / (epsilon
 * sqrt(alpha))).
 */
export class PrivateL1 extends DistanceTrees {
  constructor(options: L1Options) {
    const { estimator = "shells" } = options ?? {};
    const ok = estimator === "shells" || estimator === "offsets";
    checkType(ok, "PrivateL1", "estimator", '"shells" or "offsets"', estimator);
    super("PrivateL1", options, 1, estimator);
  }
}

/** Private sums of ||x - y||_p^p, p > 0: the trees of `PrivateL1`, a factor of (1 + alpha)^p. */
export class PrivateLp extends DistanceTrees {
  constructor(options: LpOptions) {
    const { p } = options ?? {};
    checkType(typeof p === "number", "PrivateLp", "p", "a number", p);
    if (!(p > 0 && p <= 64)) throw domainError(`PrivateLp: p must be in (0, 64], got ${p}`);
    super("PrivateLp", options, p, "shells");
  }
}
