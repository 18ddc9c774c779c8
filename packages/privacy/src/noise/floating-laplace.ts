import type { Noise } from "./noise.ts";

/**
 * The textbook's Laplace noise by inversion in doubles, for comparison only. Which doubles a sum can be
 * tells apart the numbers that it can have come from (Mironov, CCS 2012): the promise does not hold.
 */
export const floatingLaplace: Noise = {
  name: "floating-laplace",
  exact: false,
  addTo(values, scale, random) {
    for (let i = 0; i < values.length; i++) {
      const sign = (random.next() & 1) === 0 ? 1 : -1;
      values[i]! += sign * -scale * Math.log(1 - random.uniform());
    }
  },
  variance: (scale) => 2 * scale * scale,
};
