/** Feature maps of n images: element (i, y, x, c) at ((i height + y) width + x) channels + c. */
export interface Maps {
  readonly data: Float32Array;
  readonly n: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A window that slides over maps. */
export interface Window {
  readonly height: number;
  readonly width: number;
  readonly stride: number;
  readonly padding: "valid" | "same";
}

/** Places of a window along one side, and how far the first one sticks out. */
function places(size: number, window: number, { stride, padding }: Window) {
  if (padding === "valid") return { count: Math.floor((size - window) / stride) + 1, out: 0 };
  const count = Math.ceil(size / stride);
  return { count, out: Math.max(0, (count - 1) * stride + window - size) >> 1 };
}

/** Number of positions of the window over the maps, and where the first one begins. */
function layout(maps: Maps, window: Window) {
  const rows = places(maps.height, window.height, window);
  const columns = places(maps.width, window.width, window);
  return { height: rows.count, width: columns.count, top: -rows.out, left: -columns.out };
}

/**
 * The windows as rows of a matrix, so that a convolution is a matrix product: row per position,
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

/** Mean or maximum over every window; places outside the maps do not count. */
export function pooled(maps: Maps, window: Window, by: "mean" | "maximum"): Maps {
  const { n, channels, height, width, data } = maps;
  const at = layout(maps, window);
  const out = new Float32Array(n * at.height * at.width * channels);
  const start = by === "mean" ? 0 : -Infinity;
  let to = 0;
  for (let i = 0; i < n; i++) {
    for (let y = 0; y < at.height; y++) {
      for (let x = 0; x < at.width; x++, to += channels) {
        out.fill(start, to, to + channels);
        const y0 = at.top + y * window.stride;
        const x0 = at.left + x * window.stride;
        let count = 0;
        for (let yy = Math.max(0, y0); yy < Math.min(height, y0 + window.height); yy++) {
          for (let xx = Math.max(0, x0); xx < Math.min(width, x0 + window.width); xx++, count++) {
            const from = ((i * height + yy) * width + xx) * channels;
            for (let c = 0; c < channels; c++) {
              const value = data[from + c]!;
              if (by === "mean") out[to + c]! += value;
              else if (value > out[to + c]!) out[to + c] = value;
            }
          }
        }
        if (by === "mean") for (let c = 0; c < channels; c++) out[to + c]! /= count;
      }
    }
  }
  return { data: out, n, height: at.height, width: at.width, channels };
}

/** Maps of equal size side by side in their channels. */
export function stacked(inputs: readonly Maps[]): Maps {
  const [{ n, height, width }] = inputs as [Maps];
  const channels = inputs.reduce((sum, maps) => sum + maps.channels, 0);
  const data = new Float32Array(n * height * width * channels);
  let offset = 0;
  for (const maps of inputs) {
    for (let place = 0; place < n * height * width; place++) {
      const from = place * maps.channels;
      data.set(maps.data.subarray(from, from + maps.channels), place * channels + offset);
    }
    offset += maps.channels;
  }
  return { data, n, height, width, channels };
}

/** Grey images enlarged to size x size by bilinear interpolation, in three equal channels of 0..1. */
export function enlarged(images: readonly Uint8Array[], side: number, size: number): Maps {
  const data = new Float32Array(images.length * size * size * 3);
  const step = (side - 1) / (size - 1);
  let to = 0;
  for (const image of images) {
    for (let y = 0; y < size; y++) {
      const top = Math.min(Math.floor(y * step), side - 2);
      const down = y * step - top;
      for (let x = 0; x < size; x++) {
        const left = Math.min(Math.floor(x * step), side - 2);
        const right = x * step - left;
        const corner = top * side + left;
        const upper = image[corner]! * (1 - right) + image[corner + 1]! * right;
        const lower = image[corner + side]! * (1 - right) + image[corner + side + 1]! * right;
        const value = (upper * (1 - down) + lower * down) / 255;
        for (let c = 0; c < 3; c++) data[to++] = value;
      }
    }
  }
  return { data, n: images.length, height: size, width: size, channels: 3 };
}
