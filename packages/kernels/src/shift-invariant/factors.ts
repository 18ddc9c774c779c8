import type { Lane, Scratch } from "./lanes.ts";

/** A profile of one dimension: fills values, and derivatives in the log of its own parameters. */
export type Profile<P> = (
  lane: Lane<P>,
  values: Float64Array,
  gradients?: readonly Float64Array[],
) => void;

/** The factor one + gamma profile of a product, and where its parameters stand. */
interface Factor<P> {
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

/** The sum of terms at the pairs of a lane: the first `count` numbers of the result. */
export function termValues<P>(
  lane: Lane<P>,
  terms: readonly ProductTerm<P>[],
  scratch: Scratch,
): Float64Array {
  const { count } = lane;
  const [sums, product, values] = [scratch(0), scratch(1), scratch(2)];
  sums.fill(0);
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
  scratch: Scratch,
): Float64Array {
  const { count } = lane;
  const [less, values] = [scratch(0), scratch(1)];
  less.fill(0);
  for (const { gamma, profile } of factors) {
    profile(lane, values);
    for (let k = 0; k < count; k++) {
      const p = gamma * values[k]!;
      less[k]! += p + less[k]! * p;
    }
  }
  for (let k = 0; k < count; k++) less[k]! *= coefficient;
  return less;
}

/**
 * Hands out, term by term, the parts of the derivatives in the logs of the parameters p > 0 and, for
 * p = 0, of the sum itself (the scale's derivative): `add(p, values)` with `count` numbers, which
 * are overwritten afterwards.
 */
export function termGradients<P>(
  lane: Lane<P>,
  terms: readonly ProductTerm<P>[],
  scratch: Scratch,
  add: (p: number, values: Float64Array) => void,
): void {
  const { count } = lane;
  for (const { coefficient, factors } of terms) {
    let next = 0;
    const [product, after, out] = [scratch(next++), scratch(next++), scratch(next++)];
    product.fill(coefficient);
    const steps = factors.map((factor) => {
      const { one, gamma, profile, ownIndices } = factor;
      const [part, others] = [scratch(next++), scratch(next++)];
      const own = ownIndices.map(() => scratch(next++));
      profile(lane, part, own);
      others.set(product);
      for (let k = 0; k < count; k++) {
        part[k]! *= gamma;
        product[k]! *= one + part[k]!;
      }
      return { factor, part, own, others };
    });
    add(0, product);
    after.fill(1);
    for (const { factor, part, own, others } of steps.reverse()) {
      for (let k = 0; k < count; k++) {
        others[k]! *= after[k]!;
        out[k] = others[k]! * part[k]!;
        after[k]! *= factor.one + part[k]!;
      }
      add(factor.gammaIndex, out);
      for (const [q, index] of factor.ownIndices.entries()) {
        const values = own[q]!;
        for (let k = 0; k < count; k++) out[k] = others[k]! * factor.gamma * values[k]!;
        add(index, out);
      }
    }
  }
}
