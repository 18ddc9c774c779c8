import { layout, type Maps, type Window } from "./maps.ts";

/**
 * The windows as rows of a matrix, so that a convolution is a matrix product: a row per position,
 * columns in the order (y, x, channel), zeros outside the maps.
 */
export function windows(maps: Maps, window: Window): Maps {
  const { n, channels, height, width, data } = maps;
  const at = layout(maps, window);
  const row = window.height * window.width * channels;
  const out = new Float32Array(n * at.height * at.width * row);
  let to = 0;
  for (let i = 0; i < n; i++) {
    for (let y = 0; y < at.height; y++) {
      for (let x = 0; x < at.width; x++) {
        for (let dy = 0; dy < window.height; dy++, to += window.width * channels) {
          const fromY = at.top + y * window.stride + dy;
          if (fromY < 0 || fromY >= height) continue;
          // the part of the window's line that lies inside is one run of memory
          const fromX = at.left + x * window.stride;
          const first = Math.max(0, -fromX);
          const last = Math.min(window.width, width - fromX);
          const from = ((i * height + fromY) * width + fromX + first) * channels;
          const length = (last - first) * channels;
          const start = to + first * channels;
          if (length > 128) out.set(data.subarray(from, from + length), start);
          else for (let j = 0; j < length; j++) out[start + j] = data[from + j]!;
        }
      }
    }
  }
  return { data: out, n, height: at.height, width: at.width, channels: row };
}
