import { beyondMean } from "./beta-factor.ts";
import { deviance } from "./deviance.ts";
import { gaussLegendre } from "./gauss-legendre.ts";

const rule = gaussLegendre(32);

/**
 * int_0^inf exp(E(s)) ds, where E is the logarithm of the beta density of u = log(x/y), s below its
 * value at x, for large a and b and x below the mean. E is formed without cancellation, so that the
 * tail keeps its relative accuracy; what lies 42 nats further down is left out.
 */
export function betaQuadrature(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const slope = -beyondMean(a, b, x, y);
  const reach = 84 / (slope + Math.hypot(slope, Math.sqrt(84 * x * y) * Math.sqrt(n)));
  let sum = 0;
  for (let panel = 0; panel < 2; panel++) {
    for (let i = 0; i < rule.nodes.length; i++) {
      const s = (reach / 4) * (2 * panel + 1 + rule.nodes[i]!);
      const bend =
        x <= 0.5
          ? x * expMinusLine(-s) - deviance(x * Math.expm1(-s))
          : y * expMinusLine(s) - deviance(y * Math.expm1(s));
      sum += rule.weights[i]! * Math.exp(-slope * s - n * bend);
    }
  }
  return (sum * reach) / 4;
}

/** exp(s) - 1 - s without cancellation. */
function expMinusLine(s: number): number {
  if (Math.abs(s) > 0.5) return Math.expm1(s) - s;
  let sum = 0;
  for (let k = 15; k >= 2; k--) sum = (sum * s + 1) / k;
  return sum * s * s;
}
