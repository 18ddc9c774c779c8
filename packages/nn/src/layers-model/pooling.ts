import { domainError, shapeError } from "@daily-kernel/compute";
import { checkFinite, checkTensor, type Tensor } from "../tensor.ts";
import { layout, type Maps, mapsOf, tensorOf, type Window } from "./maps.ts";

/** Adds or compares one place's channels to the result's. */
type Gather = (out: Float32Array, to: number, data: Float32Array, from: number, n: number) => void;

const add: Gather = (out, to, data, from, n) => {
  for (let c = 0; c < n; c++) out[to + c]! += data[from + c]!;
};
const keepLarger: Gather = (out, to, data, from, n) => {
  for (let c = 0; c < n; c++) if (data[from + c]! > out[to + c]!) out[to + c] = data[from + c]!;
};

/** Mean or maximum over every window; places outside the maps do not count. */
export function pooled(maps: Maps, window: Window, by: "mean" | "maximum"): Maps {
  const { n, channels, height, width, data } = maps;
  const at = layout(maps, window);
  const out = new Float32Array(n * at.height * at.width * channels);
  if (by === "maximum") out.fill(-Infinity);
  const gather = by === "mean" ? add : keepLarger;
  let to = 0;
  for (let i = 0; i < n; i++) {
    for (let y = 0; y < at.height; y++) {
      const y0 = at.top + y * window.stride;
      for (let x = 0; x < at.width; x++, to += channels) {
        const x0 = at.left + x * window.stride;
        let count = 0;
        for (let yy = Math.max(0, y0); yy < Math.min(height, y0 + window.height); yy++) {
          for (let xx = Math.max(0, x0); xx < Math.min(width, x0 + window.width); xx++, count++) {
            gather(out, to, data, ((i * height + yy) * width + xx) * channels, channels);
          }
        }
        if (by === "mean") for (let c = to; c < to + channels; c++) out[c]! /= count;
      }
    }
  }
  return { data: out, n, height: at.height, width: at.width, channels };
}

/**
 * Means over cells of `size` x `size`: [N, H, W, C] becomes [N, H / size, W / size, C].
 * @throws RangeError `ERR_DOMAIN` for a size that is not a whole number >= 1, `ERR_SHAPE` if it does
 *   not divide H and W, or for x that is no tensor of four axes.
 */
export function averagePool2d(x: Tensor, size: number): Tensor {
  checkTensor("averagePool2d", "x", x, 4);
  checkFinite("averagePool2d", "x", x);
  if (!Number.isSafeInteger(size) || size < 1) {
    throw domainError(`averagePool2d: size must be a whole number >= 1, got ${size}`);
  }
  const maps = mapsOf(x);
  if (maps.height % size !== 0 || maps.width % size !== 0) {
    throw shapeError(
      `averagePool2d: size must divide height and width, got ${size} for ${maps.height} x ${maps.width}`,
    );
  }
  const cell: Window = { height: size, width: size, stride: size, padding: "valid" };
  return tensorOf(pooled(maps, cell, "mean"));
}
