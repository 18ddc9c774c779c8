import { checkType, domainError } from "@daily-kernel/compute";
import { knownOptions } from "../check-options.ts";
import { TrueMeasure } from "../measures/true-measure.ts";
import type { Sequence } from "../sequences/sequence.ts";
import { type Bounds, Integrand, type UnitCubeOptions } from "./integrand.ts";
import { periodize } from "./periodization.ts";
import { quotient } from "./quotient.ts";

/**
 * Closed and total Sobol' sensitivity indices of sets of coordinates of an integrand with one output,
 * each a ratio of a variance component and the variance, all from the same points (Owen, "Monte Carlo
 * theory, methods and examples", A.16 and A.18; Sorokin and Rathinavel 2022).
 *
 * Solutions: the closed indices in the order of `subsets`, then the total ones. Needs points of twice
 * the integrand's dimension, which it spawns from the integrand's sequence.
 */
export class SensitivityIndices extends Integrand {
  readonly integrand: Integrand;
  readonly subsets: readonly (readonly number[])[];
  readonly #sequence: Sequence;

  /**
   * @param subsets sets of coordinates, each non-empty and not all; every coordinate alone by default.
   */
  constructor(integrand: Integrand, options: { subsets?: readonly (readonly number[])[] } = {}) {
    const where = "SensitivityIndices";
    checkType(integrand instanceof Integrand, where, "integrand", "an Integrand", integrand);
    knownOptions(where, options, ["subsets"]);
    const d = integrand.sequence.dimension;
    if (d < 2 || integrand.outputs !== 1) {
      throw domainError(
        "SensitivityIndices: the integrand must have one output and dimension >= 2, " +
          `got ${integrand.outputs} and ${d}`,
      );
    }
    if (integrand.measure.sampler instanceof TrueMeasure) {
      throw domainError(
        "SensitivityIndices: the integrand's measure must lie on a sequence, not on another " +
          "measure: importance weights do not carry over to products of its values",
      );
    }
    const { subsets = Array.from({ length: d }, (_, j) => [j]) } = options;
    checkType(Array.isArray(subsets), where, "subsets", "an array of arrays", subsets);
    if (subsets.length === 0) throw domainError("SensitivityIndices: subsets must not be empty");
    for (const subset of subsets) {
      checkType(Array.isArray(subset), where, "every subset", "an array of coordinates", subset);
      const distinct = new Set(subset);
      const inside = subset.every((j) => Number.isInteger(j) && j >= 0 && j < d);
      if (distinct.size !== subset.length || !inside || distinct.size < 1 || distinct.size >= d) {
        throw domainError(
          `SensitivityIndices: every subset must hold 1 to ${d - 1} different coordinates ` +
            `in 0..${d - 1}, got [${subset.join(", ")}]`,
        );
      }
    }
    super(integrand.measure, 6 * subsets.length, 2 * subsets.length);
    this.integrand = integrand;
    this.subsets = subsets;
    this.#sequence = integrand.sequence.spawn([2 * d])[0]!;
  }

  override get sequence(): Sequence {
    return this.#sequence;
  }

  /** Every subset of 1 to d - 1 of d coordinates, the small ones first. */
  static allSubsets(d: number): number[][] {
    if (!(Number.isInteger(d) && d >= 2 && d <= 16)) {
      throw domainError(`SensitivityIndices.allSubsets: d must be in 2..16, got ${d}`);
    }
    const members = (bits: number) =>
      Array.from({ length: d }, (_, j) => j).filter((j) => (bits >> j) & 1);
    const all = Array.from({ length: 2 ** d - 2 }, (_, bits) => members(bits + 1));
    return all.sort((p, q) => p.length - q.length || compare(p, q));
  }

  protected override g(): never {
    throw domainError("SensitivityIndices has no value at a point of the true measure");
  }

  /**
   * Six numbers a subset and point: for the closed index numerator, mean and mean square, and the
   * same for the total index. The last two are repeated for each, so that an index which is known
   * well enough does not change when another needs more points.
   */
  override async f(
    u: Float64Array,
    n: number,
    options: UnitCubeOptions = {},
  ): Promise<Float64Array> {
    const { active, periodization = "none", ...rest } = options;
    const d = this.integrand.sequence.dimension;
    // of the whole point: the products below would count the weight of a shared coordinate twice
    const { x: xz, weights } = periodize(periodization, u, n, 2 * d);
    const [x, z] = [new Float64Array(n * d), new Float64Array(n * d)];
    for (let i = 0; i < n; i++) {
      x.set(xz.subarray(2 * i * d, (2 * i + 1) * d), i * d);
      z.set(xz.subarray((2 * i + 1) * d, (2 * i + 2) * d), i * d);
    }
    const atX = await this.integrand.f(x, n, rest);
    const atZ = await this.integrand.f(z, n, rest);
    const count = this.subsets.length;
    const values = new Float64Array(n * 6 * count);
    for (const [s, subset] of this.subsets.entries()) {
      if (active && !active.subarray(3 * s, 3 * s + 3).includes(1)) {
        if (!active.subarray(3 * (count + s), 3 * (count + s) + 3).includes(1)) continue;
      }
      const mixed = z.slice();
      for (let i = 0; i < n; i++) for (const j of subset) mixed[i * d + j] = x[i * d + j]!;
      const atMixed = await this.integrand.f(mixed, n, rest);
      for (let i = 0; i < n; i++) {
        const [fx, fz, fv] = [atX[i]!, atZ[i]!, atMixed[i]!];
        const closed = (i * 2 * count + s) * 3;
        const total = (i * 2 * count + count + s) * 3;
        const weight = weights[i]!;
        values[closed] = weight * fx * (fv - fz);
        values[total] = (weight * (fz - fv) ** 2) / 2;
        for (const at of [closed, total]) {
          values[at + 1] = weight * fx;
          values[at + 2] = weight * fx * fx;
        }
      }
    }
    return values;
  }

  override combine({ lower, upper }: Bounds): Bounds {
    const combined = {
      lower: new Float64Array(this.combinedOutputs),
      upper: new Float64Array(this.combinedOutputs),
    };
    for (let k = 0; k < this.combinedOutputs; k++) {
      const [tauLower, tauUpper] = [lower[3 * k]!, upper[3 * k]!];
      const [meanLower, meanUpper] = [lower[3 * k + 1]!, upper[3 * k + 1]!];
      const straddles = meanLower <= 0 && meanUpper >= 0;
      const smallest = straddles ? 0 : Math.min(meanLower ** 2, meanUpper ** 2);
      const largest = Math.max(meanLower ** 2, meanUpper ** 2);
      const varianceLower = lower[3 * k + 2]! - largest;
      const varianceUpper = upper[3 * k + 2]! - smallest;
      const known = varianceLower > 0;
      const [low, high] = known
        ? quotient([tauLower, tauUpper], [varianceLower, varianceUpper])
        : [0, 1];
      combined.lower[k] = Math.min(Math.max(low, 0), 1);
      combined.upper[k] = Math.min(Math.max(high, 0), 1);
    }
    return combined;
  }

  override dependency(needed: Uint8Array): Uint8Array {
    return new Uint8Array(this.outputs).map((_, k) => needed[Math.floor(k / 3)]!);
  }
}

function compare(p: readonly number[], q: readonly number[]): number {
  const at = p.findIndex((value, i) => value !== q[i]);
  return at < 0 ? 0 : p[at]! - q[at]!;
}
