import { domainError } from "@daily-kernel/compute";
import { checkFinite, checkTensor, type Tensor } from "../tensor.ts";
import { mapsOf } from "./maps.ts";

/** For each place of `to`: its left neighbour among `from` places, and how far to the right it is. */
function neighbours(from: number, to: number): { first: number; next: number; weight: number }[] {
  const step = to > 1 ? (from - 1) / (to - 1) : 0;
  return Array.from({ length: to }, (_, i) => {
    const first = Math.min(Math.floor(i * step), Math.max(0, from - 2));
    return { first, next: Math.min(first + 1, from - 1), weight: i * step - first };
  });
}

/**
 * Images [N, H, W, C] at another size by bilinear interpolation, [N, height, width, C]; the corner
 * pixels stay the corners ("align corners"). O(N height width C).
 * @throws RangeError `ERR_DOMAIN` for a size that is not a whole number >= 1, `ERR_SHAPE` for images
 *   that are no tensor of four axes.
 */
export function resizeBilinear(images: Tensor, height: number, width: number): Tensor {
  checkTensor("resizeBilinear", "images", images, 4);
  checkFinite("resizeBilinear", "images", images);
  for (const [name, size] of Object.entries({ height, width })) {
    if (!Number.isSafeInteger(size) || size < 1) {
      throw domainError(`resizeBilinear: ${name} must be a whole number >= 1, got ${size}`);
    }
  }
  const { data, n, channels, ...from } = mapsOf(images);
  const rows = neighbours(from.height, height);
  const columns = neighbours(from.width, width);
  const out = new Float32Array(n * height * width * channels);
  let to = 0;
  for (let i = 0; i < n; i++) {
    for (const down of rows) {
      const upper = (i * from.height + down.first) * from.width;
      const lower = (i * from.height + down.next) * from.width;
      for (const { first, next, weight } of columns) {
        for (let c = 0; c < channels; c++) {
          const along = (row: number) =>
            data[(row + first) * channels + c]! * (1 - weight) +
            data[(row + next) * channels + c]! * weight;
          out[to++] = along(upper) * (1 - down.weight) + along(lower) * down.weight;
        }
      }
    }
  }
  return { data: out, shape: [n, height, width, channels] };
}
