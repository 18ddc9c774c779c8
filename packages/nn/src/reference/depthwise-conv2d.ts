import type { DepthwiseShape } from "../depthwise-shape.ts";

/** Calls `visit` for every product of the convolution: y[to] += w[tap] * x[from]. */
function eachProduct(
  s: DepthwiseShape,
  visit: (to: number, tap: number, from: number) => void,
): void {
  const half = (s.K - 1) / 2;
  for (let plane = 0; plane < s.batch * s.channels; plane++) {
    for (let to = 0; to < s.outHeight * s.outWidth; to++) {
      const top = Math.floor(to / s.outWidth) * s.stride - half;
      const left = (to % s.outWidth) * s.stride - half;
      for (let tap = 0; tap < s.K * s.K; tap++) {
        const row = top + Math.floor(tap / s.K);
        const col = left + (tap % s.K);
        if (row < 0 || row >= s.height || col < 0 || col >= s.width) continue;
        visit(
          plane * s.outHeight * s.outWidth + to,
          (plane % s.channels) * s.K * s.K + tap,
          (plane * s.height + row) * s.width + col,
        );
      }
    }
  }
}

type Numbers = ArrayLike<number>;

/** The definition of `depthwiseConv2d.forward`, summed in double precision. */
export function forwardReference(x: Numbers, w: Numbers, s: DepthwiseShape): Float64Array {
  const y = new Float64Array(s.batch * s.channels * s.outHeight * s.outWidth);
  eachProduct(s, (to, tap, from) => {
    y[to]! += w[tap]! * x[from]!;
  });
  return y;
}

/** The definition of `depthwiseConv2d.vjp`, summed in double precision: [dx, dw]. */
export function vjpReference(
  x: Numbers,
  w: Numbers,
  dy: Numbers,
  s: DepthwiseShape,
): [Float64Array, Float64Array] {
  const dx = new Float64Array(x.length);
  const dw = new Float64Array(w.length);
  eachProduct(s, (to, tap, from) => {
    dx[from]! += w[tap]! * dy[to]!;
    dw[tap]! += x[from]! * dy[to]!;
  });
  return [dx, dw];
}
