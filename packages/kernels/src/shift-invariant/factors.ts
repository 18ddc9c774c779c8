import type { Lane } from "./lanes.ts";

/** A profile of one dimension: fills values, and derivatives in the log of its own parameters. */
export type Profile<P> = (
  lane: Lane<P>,
  values: Float64Array,
  gradients?: readonly Float64Array[],
) => void;

/** The factor one + gamma profile of a product, and where its parameters stand. */
export interface Factor<P> {
  /** 1, or 0 where the term differentiates. */
  one: 0 | 1;
  gamma: number;
  profile: Profile<P>;
  /** Index of gamma among the parameters. */
  gammaIndex: number;
  /** Indices of the profile's own parameters. */
  ownIndices: readonly number[];
}

/** A coefficient times a product of factors. */
export interface ProductTerm<P> {
  coefficient: number;
  factors: readonly Factor<P>[];
}

/** The sum of terms at the pairs of a lane. */
export function termValues<P>(lane: Lane<P>, terms: readonly ProductTerm<P>[]): Float64Array {
  const { count } = lane;
  const sums = new Float64Array(count);
  const product = new Float64Array(count);
  const values = new Float64Array(count);
  for (const { coefficient, factors } of terms) {
    product.fill(coefficient);
    for (const { one, gamma, profile } of factors) {
      profile(lane, values);
      for (let k = 0; k < count; k++) product[k]! *= one + gamma * values[k]!;
    }
    for (let k = 0; k < count; k++) sums[k]! += product[k]!;
  }
  return sums;
}

/** The coefficient times (the product less one), in which small parts of the factors survive. */
export function valuesLessOne<P>(
  lane: Lane<P>,
  { coefficient, factors }: ProductTerm<P>,
): Float64Array {
  const { count } = lane;
  const less = new Float64Array(count);
  const values = new Float64Array(count);
  for (const { gamma, profile } of factors) {
    profile(lane, values);
    for (let k = 0; k < count; k++) {
      const p = gamma * values[k]!;
      less[k]! += p + less[k]! * p;
    }
  }
  return less.map((v) => coefficient * v);
}

/**
 * Adds up, through `add(p, k, value)`, the derivatives of the sum of terms in the logs of the
 * parameters p > 0 and, for p = 0, the sum itself (the scale's derivative).
 */
export function termGradients<P>(
  lane: Lane<P>,
  terms: readonly ProductTerm<P>[],
  add: (p: number, k: number, value: number) => void,
): void {
  const { count } = lane;
  const fill = () => new Float64Array(count);
  for (const { coefficient, factors } of terms) {
    const product = fill().fill(coefficient);
    const steps = factors.map((factor) => {
      const { one, gamma, profile, ownIndices } = factor;
      const part = fill();
      const own = ownIndices.map(fill);
      profile(lane, part, own);
      const others = product.slice();
      for (let k = 0; k < count; k++) {
        part[k]! *= gamma;
        product[k]! *= one + part[k]!;
      }
      return { factor, part, own, others };
    });
    for (let k = 0; k < count; k++) add(0, k, product[k]!);
    const after = fill().fill(1);
    for (const { factor, part, own, others } of steps.reverse()) {
      for (let k = 0; k < count; k++) {
        others[k]! *= after[k]!;
        add(factor.gammaIndex, k, others[k]! * part[k]!);
        after[k]! *= factor.one + part[k]!;
      }
      for (const [q, index] of factor.ownIndices.entries()) {
        const values = own[q]!;
        for (let k = 0; k < count; k++) add(index, k, others[k]! * factor.gamma * values[k]!);
      }
    }
  }
}
