import type { Array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";

/** One step of an optimiser: the new parameters and the new state. */
export function optimisers(p: Primitives) {
  const blend = (old: Array64, now: Array64, beta: number) =>
    p.add(p.mul(old, beta), p.mul(now, 1 - beta));
  const step = (param: Array64, direction: Array64, rate: number) =>
    p.sub(param, p.mul(direction, rate));
  const scaled = (x: Array64, squares: Array64, eps: number) =>
    p.div(x, p.add(p.sqrt(squares), eps));
  return {
    /** velocity = momentum velocity + grad; param -= rate velocity */
    sgdStep: (
      param: Array64,
      grad: Array64,
      velocity: Array64,
      { rate = 1e-2, momentum = 0.9 } = {},
    ) => {
      const v = p.add(p.mul(velocity, momentum), grad);
      return { param: step(param, v, rate), velocity: v };
    },
    /** squares += grad^2; param -= rate grad / (sqrt(squares) + eps) */
    adagradStep: (
      param: Array64,
      grad: Array64,
      squares: Array64,
      { rate = 1e-2, eps = 1e-10 } = {},
    ) => {
      const s = p.add(squares, p.square(grad));
      return { param: step(param, scaled(grad, s, eps), rate), squares: s };
    },
    /** squares = alpha squares + (1-alpha) grad^2; param -= rate grad / (sqrt(squares) + eps) */
    rmspropStep: (
      param: Array64,
      grad: Array64,
      squares: Array64,
      { rate = 1e-3, alpha = 0.99, eps = 1e-8 } = {},
    ) => {
      const s = blend(squares, p.square(grad), alpha);
      return { param: step(param, scaled(grad, s, eps), rate), squares: s };
    },
    /** Moments m and v, both corrected for their start at zero; `count` steps, this one included. */
    adamStep: (
      param: Array64,
      grad: Array64,
      m: Array64,
      v: Array64,
      { rate = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, count = 1 } = {},
    ) => {
      const [m1, v1] = [blend(m, grad, beta1), blend(v, p.square(grad), beta2)];
      const mean = p.div(m1, 1 - beta1 ** count);
      const square = p.div(v1, 1 - beta2 ** count);
      return { param: step(param, scaled(mean, square, eps), rate), m: m1, v: v1 };
    },
    /** The direction m / (sqrt(v) + eps), stretched by |param| / (|direction| + eps). */
    lambStep: (param: Array64, m: Array64, v: Array64, { rate = 1e-3, eps = 1e-6 } = {}) => {
      const direction = scaled(m, v, eps);
      const length = (x: Array64) => p.sqrt(p.sum(p.square(x)));
      const trust = p.div(length(param), p.add(length(direction), eps));
      return { param: p.sub(param, p.mul(p.mul(direction, trust), rate)) };
    },
  };
}
