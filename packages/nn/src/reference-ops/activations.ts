import type { Array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";

const seluAlpha = 1.6732632423543772;
const seluScale = 1.0507009873554805;

/** Activations, with torch's defaults. */
export function activations(p: Primitives) {
  const elu = (x: Array64, alpha = 1) => p.where(p.greater(x, 0), x, p.mul(p.expm1(x), alpha));
  const softplus = (x: Array64) =>
    // From 20 on softplus(x) = x in torch; the difference is below 2.1e-9.
    p.where(p.greater(x, 20), x, p.log(p.add(p.exp(p.minimum(x, 20)), 1)));
  const hardsigmoid = (x: Array64) => p.clamp(p.add(p.div(x, 6), 0.5), 0, 1);
  const swish = (x: Array64) => p.mul(x, p.sigmoid(x));
  return {
    /** x for x > 0, alpha (e^x - 1) below. */
    elu,
    /** x Phi(x), with the error function. */
    gelu: (x: Array64) => p.mul(p.mul(x, 0.5), p.add(p.erf(p.mul(x, Math.SQRT1_2)), 1)),
    /** The approximation of gelu by tanh(sqrt(2/pi) (x + 0.044715 x^3)). */
    geluTanh: (x: Array64) => {
      const inner = p.add(x, p.mul(p.mul(p.mul(x, x), x), 0.044715));
      return p.mul(p.mul(x, 0.5), p.add(p.tanh(p.mul(inner, Math.sqrt(2 / Math.PI))), 1));
    },
    /** clamp(x/6 + 1/2, 0, 1) */
    hardsigmoid,
    /** x hardsigmoid(x) */
    hardswish: (x: Array64) => p.mul(x, hardsigmoid(x)),
    hardtanh: (x: Array64, low = -1, high = 1) => p.clamp(x, low, high),
    relu6: (x: Array64) => p.clamp(x, 0, 6),
    leakyRelu: (x: Array64, slope = 0.01) => p.where(p.greater(x, 0), x, p.mul(x, slope)),
    selu: (x: Array64) => p.mul(elu(x, seluAlpha), seluScale),
    /** log(1 + e^x) */
    softplus,
    /** x / (1 + |x|) */
    softsign: (x: Array64) => p.div(x, p.add(p.abs(x), 1)),
    /** x sigmoid(x), also called SiLU. */
    swish,
    /** x tanh(softplus(x)) */
    mish: (x: Array64) => p.mul(x, p.tanh(softplus(x))),
  };
}
