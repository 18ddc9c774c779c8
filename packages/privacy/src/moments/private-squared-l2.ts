import {
  checkObject,
  checkRunOptions,
  checkType,
  domainError,
  type Matrix,
} from "@daily-kernel/compute";
import type { Estimate } from "../estimate.ts";
import {
  Mechanism,
  type Part,
  type Privacy,
  type PrivacyOptions,
  type RunOptions,
} from "../mechanism.ts";
import { pacer } from "../pacer.ts";
import { checkOutside, checkQuery, checkRecords, checkWhole, type Outside } from "../range.ts";

export interface SquaredL2Options extends PrivacyOptions {
  /** Numbers in a record, >= 1. */
  dimension: number;
  /** Public bound of ||x||_2, > 0. */
  radius: number;
  /** Longer records: refused, which tells that there is one, or shortened. Default `"throw"`. */
  outside?: Outside | undefined;
}

export interface SquaredL2State {
  kind: "squared-l2";
  version: 1;
  privacy: Privacy;
  radius: number;
  /** Noisy sums of x, of |x|^2, and the number of records. */
  sum: number[];
  squares: number;
  count: number;
  variances: [sum: number, squares: number, count: number];
}

/** Parts of the radius, and of its square, in which records are counted. */
const GRID = 2 ** 20;

/** What was published: sums of ||x - y||^2 for any y. */
export class SquaredL2Release {
  readonly privacy: Privacy;
  readonly dimension: number;
  readonly #state: SquaredL2State;

  constructor(state: SquaredL2State) {
    this.privacy = state.privacy;
    this.dimension = state.sum.length;
    this.#state = state;
  }

  /** n |y|^2 - 2 y.S + Q of the noisy moments, O(d); no error but the noise. */
  query(y: ArrayLike<number>): Estimate {
    checkQuery("query", y, this.dimension);
    const { sum, squares, count, variances } = this.#state;
    let length = 0;
    let dot = 0;
    for (let j = 0; j < this.dimension; j++) {
      length += y[j]! * y[j]!;
      dot += y[j]! * sum[j]!;
    }
    const variance = 4 * length * variances[0] + variances[1] + length * length * variances[2];
    return {
      value: count * length - 2 * dot + squares,
      noiseStd: Math.sqrt(variance),
      multiplicative: 1,
      relativeStd: 0,
    };
  }

  /** Plain data for `JSON.stringify`; `readRelease` makes a release of it again. */
  toJSON(): SquaredL2State {
    return this.#state;
  }
}

/**
 * Private sums of squared distances: noisy sums of x and |x|^2 over records in a ball, and of 1 where the
 * number of records is private. Whole parts of the radius, so that sensitivities are exact:
 * sqrt(d) R for the sum (twice that for a substitute, which can lie opposite), R^2 for the squares under
 * either adjacency, since they never are negative.
 */
export class PrivateSquaredL2 {
  readonly dimension: number;
  readonly #radius: number;
  readonly #outside: Outside;
  readonly #mechanism: Mechanism;

  constructor(options: SquaredL2Options) {
    const fn = "PrivateSquaredL2";
    checkObject(fn, "options", options);
    const { dimension, radius, outside = "throw", adjacency } = options;
    this.dimension = checkWhole(fn, "dimension", dimension, 1, 1e6);
    checkType(typeof radius === "number", fn, "radius", "a number", radius);
    if (!(radius > 0 && radius < 1e150)) {
      throw domainError(`${fn}: radius must be a finite number > 0, got ${radius}`);
    }
    checkOutside(fn, outside);
    this.#radius = radius;
    this.#outside = outside;
    const one = Math.ceil(Math.sqrt(dimension) * GRID);
    const parts: Part[] =
      adjacency === "substitute"
        ? [
            { what: "sum", sensitivity: 2 * one, share: 2 / 3 },
            { what: "squares", sensitivity: GRID, share: 1 / 3 },
          ]
        : [
            { what: "sum", sensitivity: one, share: 1 / 2 },
            { what: "squares", sensitivity: GRID, share: 1 / 4 },
            { what: "count", sensitivity: 1, share: 1 / 4 },
          ];
    this.#mechanism = new Mechanism(fn, options, parts);
  }

  /** Largest l1 change of the published sum of x between neighbours, in units of x. */
  sensitivity(): number {
    return (this.#mechanism.parts[0]!.sensitivity / GRID) * this.#radius;
  }

  /** Scale of the Laplace noise of each coordinate of the sum of x, in units of x. */
  noiseScale(): number {
    return (this.#mechanism.scale(0) / GRID) * this.#radius;
  }

  /**
   * Publishes, O(n d).
   * @param x - n x d private records, n < 2^32.
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` for another x, `ERR_DOMAIN` for a record outside
   *   the ball (unless shortened), NaN, or a budget that does not suffice.
   */
  async fit(x: Matrix, options: RunOptions = {}): Promise<SquaredL2Release> {
    const fn = "PrivateSquaredL2.fit";
    checkRunOptions(fn, options);
    checkRecords(fn, x, this.dimension);
    this.#mechanism.charge();
    const { dimension: d } = this;
    const most = Math.ceil(Math.sqrt(d) * GRID);
    const sum = new Float64Array(d);
    const squares = new Float64Array(1);
    const rest = pacer(options.signal, 1 << 20);
    const record = new Float64Array(d);
    for (let i = 0; i < x.rows; i++) {
      squares[0]! += this.#quantise(fn, x.data.subarray(i * d, (i + 1) * d), record, most);
      for (let j = 0; j < d; j++) sum[j]! += record[j]!;
      await rest(d);
    }
    const count = Float64Array.of(x.rows);
    const pieces = [sum, squares, count].map((values, part) => ({ part, values }));
    const noisy = pieces.slice(0, this.#mechanism.parts.length);
    await this.#mechanism.addNoise(noisy, options);
    const unit = this.#radius / GRID;
    const square = (this.#radius * this.#radius) / GRID;
    const variance = (part: number) =>
      part < this.#mechanism.parts.length ? this.#mechanism.variance(part) : 0;
    return new SquaredL2Release({
      kind: "squared-l2",
      version: 1,
      privacy: this.#mechanism.privacy(),
      radius: this.#radius,
      sum: Array.from(sum, (value) => value * unit),
      squares: squares[0]! * square,
      count: count[0]!,
      variances: [variance(0) * unit * unit, variance(1) * square * square, variance(2)],
    });
  }

  /** A record in whole parts of the radius into `out`; its square in whole parts of the square. */
  #quantise(fn: string, x: Float64Array, out: Float64Array, most: number): number {
    let square = 0;
    for (const value of x) square += (value / this.#radius) ** 2;
    if (!(square <= 1 + 1e-12) && (this.#outside === "throw" || !Number.isFinite(square))) {
      const length = Math.sqrt(square) * this.#radius;
      throw domainError(`${fn}: x must lie within radius ${this.#radius}, got length ${length}`);
    }
    const shrink = square > 1 ? 1 / Math.sqrt(square) : 1;
    let total = 0;
    for (let j = 0; j < x.length; j++) {
      out[j] = Math.trunc((x[j]! / this.#radius) * shrink * GRID);
      total += Math.abs(out[j]!);
    }
    // Rounding of doubles can exceed the bound by a unit, never the promise: a part is cut off.
    for (let j = 0; total > most; j++) {
      const cut = Math.min(Math.abs(out[j]!), total - most);
      out[j]! -= Math.sign(out[j]!) * cut;
      total -= cut;
    }
    return Math.min(GRID, Math.trunc(Math.min(1, square) * GRID));
  }
}
