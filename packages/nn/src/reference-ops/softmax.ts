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
      // an infinite maximum is taken off nowhere: infinity less itself is no number
      const most = p.max(x, axes, true);
      const finite = p.less(p.abs(most), Number.POSITIVE_INFINITY);
      const off = p.where(finite, most, 0);
      const sum = p.log(p.sum(p.exp(p.sub(x, off)), axes, true));
      const all = p.add(sum, off);
      return keep ? all : p.reshape(all, p.max(x, axes).shape);
    },
  };
}
