/** A cyclic group's orbit inside the flat arrays below: how often each of its points counts. */
export interface Orbit {
  start: number;
  length: number;
  multiplicity: number;
}

/**
 * The points of a rule with n points, ordered so that multiplying a point by a candidate is a
 * rotation: every orbit of the group of candidates is listed in the order of a generator's powers.
 * Then the criterion of all candidates at once is a few correlations (Nuyens and Cools 2006).
 */
export interface Orbits {
  readonly n: number;
  /** Numbers in a flat array over the points (those that symmetry makes equal are listed once). */
  readonly size: number;
  readonly orbits: readonly Orbit[];
  /** The criterion's kernel at each point for candidate 0. */
  readonly kernel: Float64Array;
  /** How many candidates there are: the length of what `sums` gives. */
  readonly candidates: number;
  /** Component of the generating vector that candidate a stands for. */
  component(a: number): number;
  /** Sums over all points k of q(k) kernel(k times candidate a); valid until the next call. */
  sums(q: Float64Array): CandidateSums;
}

/**
 * Candidate a has the sum fixed + varying(a). The fixed part, of points that every candidate sends to
 * the same place, may be so large that it would drown what tells candidates apart.
 */
export interface CandidateSums {
  fixed: number;
  varying: Float64Array;
}

/** The kernel at each point for candidate a. */
export function rotatedKernel({ orbits, kernel }: Orbits, a: number, out: Float64Array): void {
  for (const { start, length } of orbits) {
    const shift = a % length;
    out.set(kernel.subarray(start + shift, start + length), start);
    out.set(kernel.subarray(start, start + shift), start + length - shift);
  }
}
