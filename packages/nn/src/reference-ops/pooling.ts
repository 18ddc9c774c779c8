import { sizeOf } from "../tensor.ts";
import { type Array64, array64 } from "./array64.ts";
import {
  type Geometry,
  geometry,
  type PerAxis,
  perAxis,
  rows,
  type WindowOptions,
} from "./window.ts";

export interface PoolOptions extends WindowOptions {
  /** Round the number of windows up. */
  ceil?: boolean;
}

function pool(name: string, x: Array64, kernel: PerAxis, options: PoolOptions, start: number) {
  const [batch, channels, ...size] = x.shape as [number, number, ...number[]];
  const window = perAxis(`${name}: kernel`, kernel, size.length);
  const g = geometry(
    name,
    size,
    window,
    { ...options, stride: options.stride ?? window },
    options.ceil,
  );
  const out = array64([batch, channels, ...g.out.slice(3 - size.length)]);
  out.data.fill(start);
  return { g, out, images: batch * channels };
}

function eachTap(g: Geometry, visit: (from: number, to: number, count: number) => void): void {
  for (let d = 0; d < g.kernel[0]; d++) {
    for (let h = 0; h < g.kernel[1]; h++) {
      for (let w = 0; w < g.kernel[2]; w++) rows(g, [d, h, w], visit);
    }
  }
}

/** The largest of each window over 1 to 3 spatial axes; padding never wins. Stride: the window's size. */
export function maxPool(x: Array64, kernel: PerAxis, options: PoolOptions = {}): Array64 {
  const { g, out, images } = pool("maxPool", x, kernel, options, -Infinity);
  const [inSize, outSize, step] = [sizeOf(g.size), sizeOf(g.out), g.stride[2]];
  for (let image = 0; image < images; image++) {
    eachTap(g, (from, to, count) => {
      for (let j = 0; j < count; j++) {
        const v = x.data[image * inSize + from + j * step] as number;
        const at = image * outSize + to + j;
        if (v > (out.data[at] as number)) out.data[at] = v;
      }
    });
  }
  return out;
}

export interface AvgPoolOptions extends Omit<PoolOptions, "dilation"> {
  /** Divide by the window with its padding (not by what `ceil` lets hang over); true by default. */
  countIncludePad?: boolean;
}

/** The mean of each window over 1 to 3 spatial axes. Stride: the window's size. */
export function avgPool(x: Array64, kernel: PerAxis, options: AvgPoolOptions = {}): Array64 {
  const { g, out, images } = pool("avgPool", x, kernel, options, 0);
  const [inSize, outSize, step] = [sizeOf(g.size), sizeOf(g.out), g.stride[2]];
  const counts = windowCounts(g, options.countIncludePad ?? true);
  for (let image = 0; image < images; image++) {
    const at = image * outSize;
    eachTap(g, (from, to, count) => {
      for (let j = 0; j < count; j++) {
        (out.data[at + to + j] as number) += x.data[image * inSize + from + j * step] as number;
      }
    });
    for (let i = 0; i < outSize; i++) (out.data[at + i] as number) /= counts[i] as number;
  }
  return out;
}

/** How many elements each window counts. */
function windowCounts(g: Geometry, includePad: boolean): Float64Array {
  const along = ([0, 1, 2] as const).map((a) =>
    Array.from({ length: g.out[a] }, (_, i) => {
      const start = i * g.stride[a] - g.padding[a];
      const end = Math.min(start + g.kernel[a], g.size[a] + g.padding[a]);
      return includePad ? end - start : Math.min(end, g.size[a]) - Math.max(start, 0);
    }),
  ) as [number[], number[], number[]];
  const [d, h, w] = along;
  return Float64Array.from(d.flatMap((p) => h.flatMap((q) => w.map((r) => p * q * r))));
}

/** Means of parts of each spatial axis, `size` of them: part i is floor(i n/size) .. ceil((i+1) n/size). */
export function adaptiveAvgPool(x: Array64, size: PerAxis): Array64 {
  const [batch, channels, ...sizes] = x.shape as [number, number, ...number[]];
  let out = x;
  perAxis("adaptiveAvgPool: size", size, sizes.length).forEach((n, i) => {
    out = meanOfParts(out, i + 2, n);
  });
  return { data: out.data, shape: [batch, channels, ...out.shape.slice(2)] };
}

function meanOfParts(x: Array64, axis: number, parts: number): Array64 {
  const n = x.shape[axis] as number;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const outer = sizeOf(x.shape.slice(0, axis));
  const out = array64(x.shape.with(axis, parts));
  for (let o = 0; o < outer; o++) {
    for (let p = 0; p < parts; p++) {
      const [from, to] = [Math.floor((p * n) / parts), Math.ceil(((p + 1) * n) / parts)];
      for (let k = from; k < to; k++) {
        for (let i = 0; i < inner; i++) {
          (out.data[(o * parts + p) * inner + i] as number) +=
            (x.data[(o * n + k) * inner + i] as number) / (to - from);
        }
      }
    }
  }
  return out;
}
