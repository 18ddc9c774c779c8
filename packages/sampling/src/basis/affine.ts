import type { Rng } from "@daily-kernel/compute";
import { checkBetween } from "../check.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

/** The family of phi_j((x - shift) / scale), orthonormal for the measure moved along. */
export function affine(family: UnivariateFamily, shift: number, scale: number): UnivariateFamily {
  if (shift === 0 && scale === 1) return family;
  const [low, high] = family.domain;
  const out = (t: number) => shift + scale * t;
  const { sampleEnsemble } = family;
  return {
    name: family.name,
    size: family.size,
    domain: [out(low), out(high)],
    degree: family.degree,
    evaluate: (x, count, to, at) => family.evaluate(into(x), count, to, at),
    sampleMeasure: (rng) => held(out(family.sampleMeasure(rng))),
    sampleSquare: (j, rng) => held(out(family.sampleSquare(j, rng))),
    ...(sampleEnsemble && {
      sampleEnsemble: (n: number, rng: Rng) => sampleEnsemble(n, rng).map((t) => held(out(t))),
    }),
    quadrature(n) {
      const { points, weights } = family.quadrature(n);
      return { points: points.map(out), weights };
    },
  };

  // Rounding must not carry a point of the domain's edge outside.
  function into(x: number): number {
    return Math.min(high, Math.max(low, (x - shift) / scale));
  }
  function held(x: number): number {
    return Math.min(out(high), Math.max(out(low), x));
  }
}

/** The family of [-1, 1] moved to [lower, upper]. */
export function onInterval(
  family: UnivariateFamily,
  lower: number,
  upper: number,
  fn: string,
): UnivariateFamily {
  checkBetween(fn, "lower", lower, Number.NEGATIVE_INFINITY);
  checkBetween(fn, "upper", upper, lower);
  const [low, high] = family.domain;
  const scale = (upper - lower) / (high - low);
  const moved = affine(family, lower - scale * low, scale);
  return { ...moved, domain: [lower, upper] };
}
