import { shapeError } from "@daily-kernel/compute";
import { type Array64, array64 } from "./array64.ts";

/**
 * x [batch, channels, height, width] read at the places of `grid` [batch, h, w, 2] (first the
 * column, then the row, both from -1 to 1 over the pixels' outer edges, or over the centres of the
 * corner pixels with `alignCorners`), between the four neighbours; outside are zeros.
 */
export function gridSample(x: Array64, grid: Array64, alignCorners = false): Array64 {
  const [batch, channels, height, width] = x.shape as [number, number, number, number];
  const [, h, w] = grid.shape as [number, number, number, number];
  if (grid.shape.length !== 4 || grid.shape[0] !== batch || grid.shape[3] !== 2) {
    throw shapeError(
      `gridSample: grid must be [${batch}, height, width, 2], got [${grid.shape.join(", ")}]`,
    );
  }
  const out = array64([batch, channels, h, w]);
  const place = (g: number, n: number) =>
    alignCorners ? ((g + 1) / 2) * (n - 1) : ((g + 1) * n - 1) / 2;
  for (let b = 0; b < batch; b++) {
    for (let p = 0; p < h * w; p++) {
      const at = (b * h * w + p) * 2;
      const column = place(grid.data[at] as number, width);
      const row = place(grid.data[at + 1] as number, height);
      const [left, top] = [Math.floor(column), Math.floor(row)];
      for (const [r, wr] of [
        [top, 1 - (row - top)],
        [top + 1, row - top],
      ] as const) {
        if (r < 0 || r >= height) continue;
        for (const [c, wc] of [
          [left, 1 - (column - left)],
          [left + 1, column - left],
        ] as const) {
          if (c < 0 || c >= width) continue;
          for (let k = 0; k < channels; k++) {
            (out.data[(b * channels + k) * h * w + p] as number) +=
              wr * wc * (x.data[((b * channels + k) * height + r) * width + c] as number);
          }
        }
      }
    }
  }
  return out;
}
