import { shapeError } from "@daily-kernel/compute";
import type { Tensor } from "../tensor.ts";

/** Feature maps of n images: element (i, y, x, c) at ((i height + y) width + x) channels + c. */
export interface Maps {
  readonly data: Float32Array;
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A window that slides over maps; `same` pads so that stride 1 keeps the size. */
export interface Window {
  readonly height: number;
  readonly width: number;
  readonly stride: number;
  readonly padding: "valid" | "same";
}

/** A tensor [N, H, W, C], seen as maps. */
export function mapsOf({ data, shape }: Tensor): Maps {
  const [n, height, width, channels] = shape as [number, number, number, number];
  return { data, n, height, width, channels };
}

export const tensorOf = ({ data, n, height, width, channels }: Maps): Tensor => ({
  data,
  shape: [n, height, width, channels],
});

/** The images `first` to `last`, which share the memory of `maps`. */
export function imagesOf(maps: Maps, first: number, last: number): Maps {
  const size = maps.height * maps.width * maps.channels;
  return { ...maps, n: last - first, data: maps.data.subarray(first * size, last * size) };
}

/** All images of maps of equal size, in order. */
export function joined(parts: readonly Maps[]): Maps {
  const data = new Float32Array(parts.reduce((sum, part) => sum + part.data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { ...parts[0]!, n: parts.reduce((sum, part) => sum + part.n, 0), data };
}

/** Places of a window along one side, and how far the first one sticks out. */
function places(size: number, window: number, { stride, padding }: Window) {
  if (padding === "valid") return { count: Math.floor((size - window) / stride) + 1, out: 0 };
  const count = Math.ceil(size / stride);
  return { count, out: Math.max(0, (count - 1) * stride + window - size) >> 1 };
}

/** Number of positions of the window over the maps, and where the first one begins. */
export function layout(maps: Maps, window: Window) {
  const rows = places(maps.height, window.height, window);
  const columns = places(maps.width, window.width, window);
  if (rows.count < 1 || columns.count < 1) {
    throw shapeError(
      `layersModel: images are too small: a window of ${window.height} x ${window.width} over maps of ${maps.height} x ${maps.width}`,
    );
  }
  return { height: rows.count, width: columns.count, top: -rows.out, left: -columns.out };
}
