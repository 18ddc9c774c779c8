import type { Array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";
import type { Axes } from "./reduce.ts";

/** Exponentials over their sum, with the maximum taken off first. */
export function softmaxes(p: Primitives) {
  const shifted = (x: Array64, axes: Axes) => p.sub(x, p.max(x, axes, true));
  return {
    softmax: (x: Array64, axis: number) => {
      const e = p.exp(shifted(x, axis));
      return p.div(e, p.sum(e, axis, true));
    },
    logSoftmax: (x: Array64, axis: number) => {
      const s = shifted(x, axis);
      return p.sub(s, p.log(p.sum(p.exp(s), axis, true)));
    },
    logSumExp: (x: Array64, axes: Axes, keep = false) => {
      const top = p.max(x, axes, keep);
      return p.add(p.log(p.sum(p.exp(shifted(x, axes)), axes, keep)), top);
    },
  };
}
