import { shapeError } from "@daily-kernel/compute";
import { type Array64, array64 } from "./array64.ts";
import type { Primitives } from "./primitives.ts";
import {
  antialiasTaps,
  cubicTaps,
  linearTaps,
  nearestTaps,
  softCubic,
  type Taps,
  triangle,
} from "./resample.ts";

export interface ResizeOptions {
  /** `linear` is bilinear over two spatial axes and trilinear over three. */
  mode: "nearest" | "linear" | "cubic";
  /** Corner pixels keep their places; otherwise half pixels. Not for `nearest`. */
  alignCorners?: boolean;
  /** Widen the filter when sizes shrink; `linear` and `cubic` without `alignCorners` only. */
  antialias?: boolean;
}

/** Other sizes for the spatial axes of [batch, channels, ...size], one axis after the other. */
export function resizes(p: Primitives) {
  return {
    resize: (x: Array64, size: readonly number[], options: ResizeOptions) => {
      const { mode, alignCorners = false, antialias = false } = options;
      if (size.length !== x.shape.length - 2) {
        throw shapeError(`resize: expected ${x.shape.length - 2} sizes, got ${size.length}`);
      }
      if (antialias && (alignCorners || mode === "nearest")) {
        throw shapeError("resize: antialias goes with linear and cubic without alignCorners");
      }
      const taps = (from: number, to: number): Taps => {
        if (antialias) return antialiasTaps(from, to, mode === "cubic" ? softCubic : triangle);
        if (mode === "nearest") return nearestTaps(from, to);
        if (mode === "cubic") return cubicTaps(from, to, alignCorners);
        return linearTaps(from, to, alignCorners);
      };
      return size.reduce((y, to, i) => p.resample(y, i + 2, taps(x.shape[i + 2] as number, to)), x);
    },
    /** Places [batch, height, width, 2] for `gridSample`: theta [batch, 2, 3] times (column, row, 1). */
    affineGrid: (
      theta: Array64,
      [height, width]: readonly [number, number],
      alignCorners = false,
    ) => {
      const batch = theta.shape[0] as number;
      const base = array64([1, height * width, 3]);
      const place = (i: number, n: number) =>
        alignCorners ? (n === 1 ? 0 : (2 * i) / (n - 1) - 1) : (2 * i + 1) / n - 1;
      for (let i = 0; i < height * width; i++) {
        base.data.set([place(i % width, width), place(Math.floor(i / width), height), 1], i * 3);
      }
      return p.reshape(p.matmul(base, p.transpose(theta)), [batch, height, width, 2]);
    },
  };
}
