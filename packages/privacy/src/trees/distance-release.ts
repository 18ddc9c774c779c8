import type { Estimate } from "../estimate.ts";
import type { Privacy } from "../mechanism.ts";
import { type Box, checkQuery, type Outside, placeIn } from "../range.ts";
import type { Tree } from "./dyadic-tree.ts";
import { sumOffsets } from "./offsets.ts";
import { shellRadii, sumShells } from "./shells.ts";

/** How a query is answered: by counts in shells, or by counts and offsets on either side. */
export type Estimator = "shells" | "offsets";

/** All that a release of distances holds: plain data, none of it about a record. */
export interface DistanceState {
  kind: "distance";
  version: 1;
  privacy: Privacy;
  estimator: Estimator;
  power: number;
  alpha: number;
  levels: number;
  lower: number[];
  width: number[];
  /** Noisy counts (and offsets) of each coordinate's tree, one after another. */
  counts: number[];
  offsets: number[];
  /** Variances of the noise of a count and of an offset. */
  variances: [number, number];
}

/** What was published: sums of |x_j - y_j|^p over the private records for any y. */
export class DistanceRelease {
  readonly privacy: Privacy;
  readonly dimension: number;
  readonly #state: Omit<DistanceState, "counts" | "offsets">;
  readonly #box: Box;
  readonly #counts: Tree[];
  readonly #offsets: Tree[];
  readonly #radii: Float64Array;
  /** Radii to the power p. */
  readonly #weights: Float64Array;

  constructor(
    state: Omit<DistanceState, "counts" | "offsets">,
    counts: readonly Tree[],
    offsets: readonly Tree[],
  ) {
    this.privacy = state.privacy;
    this.dimension = state.lower.length;
    this.#state = state;
    this.#box = { lower: Float64Array.from(state.lower), width: Float64Array.from(state.width) };
    this.#counts = [...counts];
    this.#offsets = [...offsets];
    this.#radii = shellRadii(state.levels, state.alpha);
    this.#weights = this.#radii.map((r) => r ** state.power);
  }

  /**
   * The sum of ||x - y||_p^p over the private records, O(d alpha^-1 levels^2) nodes with shells,
   * O(d levels) with offsets.
   * @throws TypeError `ERR_TYPE`, RangeError `ERR_SHAPE` or `ERR_DOMAIN` for a y that is not
   *   `dimension` numbers within the public range.
   */
  query(y: ArrayLike<number>): Estimate {
    checkQuery("query", y, this.dimension);
    return this.sum(y, "throw");
  }

  /** `query` of numbers that were checked. */
  sum(y: ArrayLike<number>, outside: Outside): Estimate {
    const { power, levels, alpha, estimator, variances } = this.#state;
    const leaves = 2 ** levels;
    const out = new Float64Array(3);
    let value = 0;
    let variance = 0;
    for (let j = 0; j < this.dimension; j++) {
      const place = leaves * placeIn("query", "y", this.#box, j, y[j]!, outside);
      out.fill(0);
      if (estimator === "shells") {
        sumShells(this.#counts[j]!, this.#radii, this.#weights, place, out);
      } else {
        sumOffsets(this.#counts[j]!, this.#offsets[j]!, place, out);
      }
      const unit = (this.#box.width[j]! / leaves) ** power;
      value += unit * out[0]!;
      variance += unit * unit * (out[1]! * variances[0] + out[2]! * variances[1]);
    }
    const multiplicative = estimator === "shells" ? (1 + alpha) ** power : 1;
    return { value, noiseStd: Math.sqrt(variance), multiplicative, relativeStd: 0 };
  }

  /** Plain data for `JSON.stringify`; `readRelease` makes a release of it again. */
  toJSON(): DistanceState {
    const joined = (trees: readonly Tree[]) => trees.flatMap((tree) => Array.from(tree));
    return { ...this.#state, counts: joined(this.#counts), offsets: joined(this.#offsets) };
  }
}
