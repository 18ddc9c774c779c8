import type { Breather } from "./breather.ts";
import { cbcSearch, checkError, leastCandidate, rounding } from "./cbc-search.ts";
import type { WeightValues } from "./cbc-weights.ts";
import { DyadicOrbits } from "./dyadic-orbits.ts";
import { korobovKernel } from "./korobov-kernel.ts";
import { rotatedKernel } from "./orbits.ts";
import { WeightedCriterion } from "./weighted-criterion.ts";

export interface EmbeddedResult {
  components: Uint32Array<ArrayBuffer>;
  /** By m - mMin: squared error of the first j + 1 components with 2^m points. */
  squared: Float64Array<ArrayBuffer>[];
  /** By dimension: the greatest ratio, over m, of the error to that of the rule made for m alone. */
  ratios: Float64Array<ArrayBuffer>;
}

/**
 * Lattice sequence good for every n = 2^m, mMin <= m <= mMax: each next component minimises the
 * greatest over m of the error with 2^m points, divided by that of the component-by-component
 * rule made for 2^m points alone (Cools, Kuo and Nuyens 2006). O(d n log n) for the greatest n.
 */
export async function embeddedSearch(
  mMin: number,
  mMax: number,
  alpha: number,
  weights: WeightValues,
  breather: Breather,
  onComponent?: (points: number) => void,
): Promise<EmbeddedResult> {
  const kernelOf = korobovKernel(alpha);
  const dimension = weights.product.length;
  const levels = Array.from({ length: mMax - mMin + 1 }, (_, i) => mMin + i);
  const best: Float64Array[] = [];
  for (const m of levels) {
    const orbits = new DyadicOrbits(m, kernelOf, 2 ** -alpha);
    const report = () => onComponent?.(2 ** m);
    best.push((await cbcSearch(orbits, weights, 1, breather, report)).squared);
  }

  const orbits = new DyadicOrbits(mMax, kernelOf, 2 ** -alpha);
  const criterion = new WeightedCriterion(orbits.size, weights);
  const components = new Uint32Array(dimension);
  const squared = levels.map(() => new Float64Array(dimension));
  const ratios = new Float64Array(dimension);
  const worst = new Float64Array(orbits.candidates);
  const kernel = new Float64Array(orbits.size);
  for (let s = 0; s < dimension; s++) {
    const q = criterion.coefficients();
    worst.fill(0);
    const increments = levels.map((m, i) => {
      const before = s === 0 ? 0 : squared[i]![s - 1]!;
      const { fixed, varying } = orbits.sumsAt(q, m);
      const increment = varying.map((sum) => (fixed + sum) / 2 ** m);
      raise(worst, increment, before, best[i]![s]!);
      return increment;
    });
    let a = s === 0 ? 0 : leastCandidate(orbits, worst, 2 ** -40);
    // Where the common part of all errors drowns the candidates, the last rule's own sums decide.
    if (s > 0 && spread(worst) < 2 ** -36) {
      a = leastCandidate(orbits, orbits.sums(q).varying, rounding(orbits, q));
    }
    for (const [i, increment] of increments.entries()) {
      const before = s === 0 ? 0 : squared[i]![s - 1]!;
      squared[i]![s] = before + increment[a % increment.length]!;
      checkError(squared[i]![s]!);
    }
    components[s] = orbits.component(a);
    ratios[s] = Math.sqrt(worst[a]!);
    rotatedKernel(orbits, a, kernel);
    criterion.accept(kernel);
    onComponent?.(2 * orbits.n);
    await breather.spend(2 * orbits.n);
  }
  return { components, squared, ratios };
}

/** The greatest less the least number. */
function spread(values: Float64Array): number {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return greatest - least;
}

/** worst(a) becomes at least the squared error of candidate a divided by `unit`. */
function raise(worst: Float64Array, increment: Float64Array, before: number, unit: number): void {
  const { length } = increment;
  for (let start = 0; start < worst.length; start += length) {
    for (let a = 0; a < length; a++) {
      const ratio = (before + increment[a]!) / unit;
      if (ratio > worst[start + a]!) worst[start + a] = ratio;
    }
  }
}
