/** The answer to one query. */
export interface Estimate {
  /** The estimated sum; noise can make it negative. */
  value: number;
  /** Standard deviation of the noise in `value`. */
  noiseStd: number;
  /** Without noise and rounding, value / true sum lies in [1, multiplicative]. */
  multiplicative: number;
  /** Error that is not noise: standard deviation of a random map's, relative to the sum. */
  relativeStd: number;
}
